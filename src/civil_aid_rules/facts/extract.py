"""temporary"""
from __future__ import annotations
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from civil_aid_rules.ir.values import *
from civil_aid_rules.ir.types import *
@dataclass(frozen=True, slots=True, eq=False)
class Item:
    scope: str; ordinal: int; path: str; id: str | None; facts: tuple; lists: tuple
@dataclass(frozen=True, slots=True)
class Facts:
    root: Item; items: dict; vocabulary: object
def extract(record, vocabulary):
    items={s:[] for s in vocabulary.scopes}; 
    ids={}
    def number(scope,obj,path):
        pass
    # ordinals of references by id
    def collect(obj,scope):
        for n,l in vocabulary.scopes[scope].lists.items():
            v=getattr(obj,n)
            for x in v or ():
                idf=vocabulary.scopes[l.scope].id_field
                d=ids.setdefault(l.scope,[]); d.append(getattr(x,idf) if idf else None)
                collect(x,l.scope)
    collect(record,"")
    count={s:0 for s in vocabulary.scopes}
    def conv(f,v):
        if v is None: return NONE if f.absent_none else UNKNOWN
        if isinstance(f.type,GroupType): return NONE if v=="none" else True
        if isinstance(v,str) and v=="none": return NONE
        if isinstance(v,Decimal):
            return exact(Fraction(v))
        if isinstance(f.type,ItemType): return ItemReference(f.type.scope, ids[f.type.scope].index(v))
        return v
    def get(obj,f):
        v=obj
        for a in f.attrs[:-1]:
            v=getattr(v,a)
            if v is None or v=="none": return "none" if v=="none" or f.absent_none else None
        if f.attrs[:-1] and v is None: return None
        return getattr(v,f.attrs[-1])
    def build(obj,scope,path):
        sf=vocabulary.scopes[scope]; o=count[scope]; count[scope]+=1
        lists=[]
        for n,l in sf.lists.items():
            v=getattr(obj,n)
            lists.append(UNKNOWN if v is None else tuple(build(x,l.scope,f"{path}.{n}[{i}]") for i,x in enumerate(v)))
        it=Item(scope,o,path,getattr(obj,sf.id_field) if sf.id_field else None,tuple(conv(f,get(obj,f)) for f in sf.facts.values()),tuple(lists))
        items[scope].append(it); return it
    root=build(record,"","$")
    for s in items: items[s].sort(key=lambda i:i.ordinal)
    return Facts(root,{s:tuple(v) for s,v in items.items()},vocabulary)
