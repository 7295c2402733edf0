package main

import "testing"

func TestCut(t *testing.T) {
	const sheet = `@charset "UTF-8";/* KERN { */*{margin:0}:root{--kern-a:var(--kern-b);--kern-b:#123;--kern-c:#456}
.kern-link,.kern-other{color:var(--kern-a);top:0}.kern-link.kern-other{top:1px}.kern-link:before{mask:url("data:x")}:is(body,.kern-light):not([class*=kern-x]),.kern-other{--kern-c:var(--kern-b)}@font-face{src:url(x.woff)}
@media (prefers-color-scheme:dark){:root{--kern-b:#fff;--kern-c:#fff}.kern-other{top:2px}}@media print{.kern-other{top:0}}`
	const want = ":root{--kern-a:var(--kern-b);--kern-b:#123}\n.kern-link{color:var(--kern-a);top:0}\n@media (prefers-color-scheme:dark){:root{--kern-b:#fff}}\n"
	if got := cut(sheet, "", []string{"kern-link"}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := cut(sheet, ":root { --ink: var(--kern-c) }", nil); got != ":root{--kern-b:#123;--kern-c:#456}\n:is(body,.kern-light):not([class*=kern-x]){--kern-c:var(--kern-b)}\n@media (prefers-color-scheme:dark){:root{--kern-b:#fff;--kern-c:#fff}}\n" {
		t.Errorf("with ours: %s", got)
	}
}
