# SPDX-License-Identifier: GPL-3.0-or-later
"""check-html.py FILE: the file is HTML without a single error, needs nothing outside of it, and says its pictures and tables in words."""
import base64
import sys
import xml.dom.minidom

import html5lib

text = open(sys.argv[1], encoding="utf-8").read()
tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
bad = []


def wanted(holds, what):
    if not holds:
        bad.append(what)


wanted(tree.get("lang"), "the page does not say its language")
wanted(tree.find("head/title").text, "the page has no title")
for tag in ("script", "iframe", "object", "embed", "link", "base", "form", "video", "audio"):
    wanted(tree.find(f".//{tag}") is None, f"there is a <{tag}>")
ids = [element.get("id") for element in tree.iter() if element.get("id")]
wanted(len(ids) == len(set(ids)), "an id is there twice")
for element in tree.iter():
    if not isinstance(element.tag, str):
        continue
    for name, value in element.attrib.items():
        wanted(not name.startswith("on"), f"<{element.tag}> has a script in {name}")
        wanted(name != "style", f"<{element.tag}> has a style of its own")
        if name in ("src", "srcset"):
            wanted(value.startswith("data:image/svg+xml;base64,"), f"<{element.tag}> loads {value[:60]}")
            xml.dom.minidom.parseString(base64.b64decode(value.split(",", 1)[1]))
        if name == "href":
            wanted(value.startswith("#") and value[1:] in ids, f"a link leads to {value[:60]}")
        if name == "aria-labelledby":
            wanted(value in ids, f"a name is missing: {value}")
for image in tree.iter("img"):
    wanted(image.get("alt"), "a picture has no words")
for picture in tree.iter("picture"):
    source = picture.find("source")
    wanted(source is not None and source.get("media") == "(prefers-color-scheme: dark)", "a picture has no dark form")
for table in tree.iter("table"):
    wanted(table.find("caption") is not None and table.find("caption").text, "a table has no caption")
    for row in table.find("thead"):
        wanted(all(cell.tag == "th" and cell.get("scope") == "col" for cell in row), "a head cell is no column header")
    widths = {len(row) for row in table.iter("tr")}
    wanted(len(widths) == 1, f"rows of one table have {widths} cells")
    for row in table.find("tbody"):
        wanted(row[0].tag == "th" and row[0].get("scope") == "row", "a row has no header")
figures = list(tree.iter("figure"))
wanted(len(list(tree.iter("table"))) > len(figures), "a picture has no table")
levels = [int(element.tag[1]) for element in tree.iter() if element.tag in ("h1", "h2", "h3")]
wanted(levels and levels[0] == 1 and levels.count(1) == 1, "there is not one heading above all")
wanted(all(b - a <= 1 for a, b in zip(levels, levels[1:])), "a level of headings is left out")
print("\n".join(bad))
sys.exit(1 if bad else 0)
