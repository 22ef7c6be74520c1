"""temporary minimal parser"""
from __future__ import annotations
import ast
from civil_aid_rules.errors import Problem, problem
from civil_aid_rules.language import syntax as s
from civil_aid_rules.source import SourceSpan
_OPS={ast.Add:"+",ast.Sub:"-",ast.Mult:"*",ast.Div:"/"}
_CMP={ast.Lt:"<",ast.LtE:"<=",ast.Gt:">",ast.GtE:">=",ast.Eq:"==",ast.NotEq:"!="}
def parse(text:str, at:SourceSpan):
    try:
        tree=ast.parse(text.strip(),mode="eval").body
        return _c(tree,at)
    except (SyntaxError,KeyError,TypeError,ValueError) as e:
        return (problem("expression-syntax",at,found=text,expected=str(e)),)
def _c(n,at):
    p=at.shifted(n.col_offset)
    c=lambda x:_c(x,at)
    match n:
        case ast.Name("yes"): return s.YesNo(True,p)
        case ast.Name("no"): return s.YesNo(False,p)
        case ast.Name("none"): return s.NoneLiteral(p)
        case ast.Name(i): return s.Name(i,p)
        case ast.Attribute(b,nm): return s.Attribute(c(b),nm,p)
        case ast.Constant(str() as v): return s.Text(v,p)
        case ast.Constant(int() as v): return s.Number(v,p)
        case ast.UnaryOp(ast.USub(),o): return s.Negative(c(o),p)
        case ast.UnaryOp(ast.Not(),o): return s.Not(c(o),p)
        case ast.BinOp(l,o,r): return s.Binary(_OPS[type(o)],c(l),c(r),p)
        case ast.BoolOp(o,v): return (s.And if isinstance(o,ast.And) else s.Or)(tuple(map(c,v)),p)
        case ast.Compare(l,[ast.In()|ast.NotIn() as o],[ast.Tuple(e)]): return s.Membership(c(l),tuple(map(c,e)),isinstance(o,ast.NotIn),p)
        case ast.Compare(l,os,rs): return s.Comparison(c(l),tuple((_CMP[type(o)],c(r)) for o,r in zip(os,rs)),p)
        case ast.Subscript(v,k): return s.Subscript(c(v),c(k),p)
        case ast.Call(ast.Name(f),[ast.GeneratorExp(e,[g])]): return s.Aggregate(f,c(e),g.target.id,c(g.iter),c(g.ifs[0]) if g.ifs else None,p)
        case ast.Call(ast.Name(f),a): return s.Call(f,tuple(map(c,a)),p)
    raise ValueError(f"{type(n).__name__}")
