"""What rules may name, read from a record model."""
from __future__ import annotations
import datetime, types, typing
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin
from pydantic import BaseModel
from civil_aid_rules.ir.types import *
from civil_aid_rules.ir.types import Type
from civil_aid_rules.quantities.fields import Entry, Fact
from civil_aid_rules.quantities.units import Unit, parse_unit
@dataclass(frozen=True, slots=True)
class FactField:
    name: str; slot: int; path: str; type: Type; may_be_none: bool; en: str; zh: str; absent_none: bool; absent_cite: str | None
    attrs: tuple = ()
@dataclass(frozen=True, slots=True)
class ListField:
    name: str; slot: int; path: str; scope: str; unit: Unit; en: str; zh: str; limit: int
@dataclass(frozen=True, slots=True)
class ScopeFacts:
    scope: str; facts: dict; lists: dict; id_field: str | None
@dataclass(frozen=True, slots=True)
class Vocabulary:
    record: str; scopes: dict
def _parts(t):
    metas=[]
    while get_origin(t) is typing.Annotated:
        metas+=t.__metadata__; t=t.__origin__
    if get_origin(t) in (typing.Union, types.UnionType):
        out=[]; 
        for a in get_args(t):
            if a is type(None): continue
            p,m=_parts(a); out+=p; metas+=m
        return out,metas
    return [t],metas
def read_vocabulary(model):
    scopes={}
    def scan(m, scope, id_field):
        facts={}; lists={}; scopes[scope]=ScopeFacts(scope,facts,lists,id_field)
        def group(mm,prefix,attrs,none):
            for n,f in mm.model_fields.items():
                hints=typing.get_type_hints(mm,include_extras=True)
                parts,metas=_parts(hints[n]); metas=list(metas)+list(f.metadata)
                fact=next((x for x in metas if isinstance(x,Fact)),None); entry=next((x for x in metas if isinstance(x,Entry)),None)
                lit=[p for p in parts if get_origin(p) is Literal]
                none_ok=any("none" in get_args(p) for p in lit)
                real=[p for p in parts if not (get_origin(p) is Literal and get_args(p)==("none",))]
                name=prefix+n
                if entry is not None:
                    t=real[0]; el=get_args(t)[0]
                    s=f"{scope}.{n}" if scope else n
                    lists[n]=ListField(n,len(lists),s,s,parse_unit(entry.unit),entry.en,entry.zh,entry.limit)
                    scan(el,s,entry.id); continue
                if fact is None and not prefix and real and not (isinstance(real[0],type) and issubclass(real[0],BaseModel)): continue
                en=fact.en if fact else n; zh=fact.zh if fact else n
                absent=bool(fact and fact.absent)
                r=real[0]
                if isinstance(r,type) and issubclass(r,BaseModel):
                    facts[name]=FactField(name,len(facts),name,GroupType(),none_ok or absent,en,zh,absent,None,attrs+(n,))
                    group(r,name+".",attrs+(n,),none or none_ok or absent); continue
                if fact is None: continue
                if fact.references: ty=ItemType(fact.references)
                elif get_origin(r) is Literal: ty=TextType(tuple(a for a in get_args(r) if a!="none"))
                elif r is bool: ty=YesNoType()
                elif r is datetime.date: ty=DateType()
                elif r in (int,Decimal): ty=NumberType(parse_unit(fact.unit or "number"))
                else: ty=TextType()
                facts[name]=FactField(name,len(facts),name,ty,none or none_ok or absent,en,zh,absent,None,attrs+(n,))
        group(m,"",(),False)
    scan(model,"",None)
    return Vocabulary(model.__name__.lower(),scopes)
