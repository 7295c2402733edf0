package github

import (
	"container/list"
	"sync"
)

// memory is a store of blobs that drops those not asked for longest.
type memory struct {
	lock  sync.Mutex
	room  int // bytes
	used  int
	order *list.List // of *blob, the last used first
	byID  map[string]*list.Element
}

type blob struct {
	id   string
	data []byte
}

func newMemory(room int) *memory {
	return &memory{room: room, order: list.New(), byID: map[string]*list.Element{}}
}

func (m *memory) Get(id string) ([]byte, bool) {
	m.lock.Lock()
	defer m.lock.Unlock()
	element, ok := m.byID[id]
	if !ok {
		return nil, false
	}
	m.order.MoveToFront(element)
	return element.Value.(*blob).data, true
}

func (m *memory) Put(id string, data []byte) {
	m.lock.Lock()
	defer m.lock.Unlock()
	if _, ok := m.byID[id]; ok || len(data) > m.room {
		return
	}
	m.byID[id] = m.order.PushFront(&blob{id, data})
	for m.used += len(data); m.used > m.room; {
		oldest := m.order.Remove(m.order.Back()).(*blob)
		delete(m.byID, oldest.id)
		m.used -= len(oldest.data)
	}
}
