# ---
# jupyter:
#   jupytext:
#     formats: ipynb,py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # From five newspaper pages to a picture
#
# Build a graph from the sample pages, ask it in SPARQL, take it to networkx, look at it, and read what the pages say
# of one person. Nothing here needs a network. Run it from the top folder of a clone or from `notebooks/`.

# %%
from pathlib import Path
from tempfile import mkdtemp

import pandas as pd

import kg

seeds = next(p for p in (Path("seeds"), Path("../seeds")) if p.is_dir())
store = Path(mkdtemp()) / "store"

# %% [markdown]
# ## 1. Build
#
# `kg.build` reads every page, finds its articles, reads the facts in them and writes a store. The summary says how
# much was found, and what to doubt.

# %%
summary = kg.build([seeds], store)
pd.Series({"pages": summary.pages, "articles": summary.articles, **summary.entities, **summary.facts}, name="found")

# %%
pd.DataFrame([(note.page, note.message) for note in summary.warnings], columns=["page", "doubt"]).head(5)

# %% [markdown]
# ## 2. Ask by name
#
# The queries in `queries/` have names. Every answer is a table.


# %%
def table(result: kg.Result) -> pd.DataFrame:
    return pd.DataFrame(result.rows, columns=list(result.columns))


posts = table(kg.query(store, "posts"))
posts[posts["person"] == "陈红民"]

# %% [markdown]
# ## 3. Ask in SPARQL
#
# Who was named in most articles, and which words say that 苏建设 holds a post? Every fact has its evidence: the quote is
# the page's own text. The prefixes need not be declared.

# %%
table(
    kg.query(
        store,
        """
        SELECT ?name (COUNT(DISTINCT ?article) AS ?articles) WHERE {
          ?article kg:mentions ?person . ?person a kg:Person ; rdfs:label ?name .
        } GROUP BY ?name ORDER BY DESC(?articles) ?name LIMIT 8
        """,
    )
)

# %%
words = table(
    kg.query(
        store,
        """
        SELECT DISTINCT ?title ?date ?quote WHERE {
          ?tenure a kg:Tenure ; kg:person/rdfs:label "苏建设"@zh ; kg:title ?title ;
                  kg:evidence/oa:hasSelector/oa:exact ?quote .
          OPTIONAL { ?tenure kg:edtf ?date }
        } ORDER BY ?date ?title LIMIT 6
        """,
    )
)
words

# %% [markdown]
# ## 4. To networkx
#
# Four projections: everything, events, persons and bodies, co-attendance. Every edge keeps its quote, page and rule, and
# every graph can be written as GraphML or GEXF for Gephi (`kg.export`).

# %%
graph = kg.to_networkx(store, "person-body")
degree = pd.Series({graph.nodes[n]["label"]: d for n, d in graph.degree()}, name="ties").sort_values(ascending=False)
degree.head(8)

# %%
person, body, said = next(
    (a, b, d) for a, b, d in graph.edges(data=True) if graph.nodes[a]["label"] == "陈红民"
)
print(graph.nodes[person]["label"], "—", said["label"], "—", graph.nodes[body]["label"])
print(said["date"], said["page"], said["quote"])

# %% [markdown]
# ## 5. A picture
#
# The explorer is one HTML file: search by name, pinyin or post, filter by kind, click a node or a line to read the
# sentence that says so. Here it is in the notebook; `kg.write_view(store, "graph.html")` writes it to a file.

# %%
kg.explorer(store, "person-body", height=560)

# %% [markdown]
# ## 6. One person
#
# What `kg show 崔世英` prints, as data.

# %%
entry = kg.dossier(store, "cui shiying").entries[0]
print(entry.thing.name, entry.thing.pinyin)
pd.DataFrame(
    [(s.name, i.date, i.text, i.source.page, i.source.quote) for s in entry.sections for i in s.items],
    columns=["section", "date", "fact", "page", "quote"],
).head(8)
