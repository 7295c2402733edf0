// Package confine starts this program again as a process that reads what strangers wrote,
// and takes from it what reading does not need.
package confine
