/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report as one HTML file: works without a network and without scripts, light and dark, on paper too. Pictures are SVG images in
 * data addresses, each with words in its place and its table below it. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hone-report-document.h"
#include "hone-report-html-private.h"
#include "hone-report-write.h"

#define PICTURE_WIDTH 820.0
#define TEXT_SIZE 12.0
/* Wider tables are folded away under their picture. */
#define MAX_OPEN_COLUMNS 16

/* ---- escaping ---- */

/* For text and for attributes in double quotes. */
void
hone_report_html_append_escaped (GString    *out,
                                 const char *text)
{
  g_autofree char *clean = hone_plot_clean_text (text);

  for (const char *at = clean; *at; at++)
    {
      if (*at == '&')
        g_string_append (out, "&amp;");
      else if (*at == '<')
        g_string_append (out, "&lt;");
      else if (*at == '>')
        g_string_append (out, "&gt;");
      else if (*at == '"')
        g_string_append (out, "&quot;");
      else
        g_string_append_c (out, *at);
    }
}

static void
append_element (GString    *out,
                const char *tag,
                const char *text)
{
  g_string_append_printf (out, "<%s>", tag);
  hone_report_html_append_escaped (out, text);
  g_string_append_printf (out, "</%s>\n", tag);
}

/* ---- how it looks ---- */

static const char style_sheet[] =
  ":root{color-scheme:light dark;--paper:#fff;--ink:#1e1e1e;--dim:#5e5c64;--line:#dddbd8;--soft:#f6f5f4;--accent:#1a5fb4;--warn:#fdf3d8;"
  "--warn-line:#b5811b}\n"
  "@media (prefers-color-scheme:dark){:root{--paper:#1e1e20;--ink:#f6f5f4;--dim:#b0aeb4;--line:#3d3d42;--soft:#28282c;--accent:#78aeed;"
  "--warn:#3a3222;--warn-line:#d3a64b}}\n"
  "*{box-sizing:border-box}\n"
  "body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,Cantarell,\"Segoe UI\",Roboto,sans-serif}\n"
  "main,header,nav,footer{max-width:60rem;margin:0 auto;padding:0 1.25rem}\n"
  "header{padding-top:2rem}footer{padding-bottom:3rem;color:var(--dim);font-size:.875rem}\n"
  "h1{font-size:1.9rem;line-height:1.2;margin:.5rem 0;overflow-wrap:anywhere}\n"
  "h2{font-size:1.35rem;margin:2.75rem 0 .75rem;padding-top:.75rem;border-top:1px solid var(--line);overflow-wrap:anywhere}\n"
  "p,li,dd{max-width:52rem}\n"
  "a{color:var(--accent)}\n"
  "nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;padding:0;margin:.75rem 0;font-size:.9375rem}\n"
  ".skip{position:absolute;left:-100rem}.skip:focus{position:static}\n"
  ".lead{font-size:1.0625rem}\n"
  ".warnings{background:var(--warn);border-left:4px solid var(--warn-line);padding:.75rem 1rem .75rem 2.25rem;margin:1rem 0}\n"
  ".warnings li+li{margin-top:.35rem}\n"
  "blockquote{margin:1rem 0;padding-left:1rem;border-left:3px solid var(--line);color:var(--dim);white-space:pre-line}\n"
  "dl{display:grid;grid-template-columns:minmax(8rem,max-content) 1fr;gap:.2rem 1.25rem;font-size:.9375rem}\n"
  "dt{color:var(--dim)}dd{margin:0;overflow-wrap:anywhere;min-width:0}\n"
  ".scroll{overflow-x:auto;margin:1.25rem 0}.scroll:focus-visible{outline:2px solid var(--accent);outline-offset:2px}\n"
  "table{border-collapse:collapse;font-size:.9375rem;font-variant-numeric:tabular-nums lining-nums}\n"
  "caption{text-align:left;color:var(--dim);padding-bottom:.4rem;font-size:.9375rem}\n"
  "th,td{padding:.3rem .75rem;border-bottom:1px solid var(--line);text-align:right;vertical-align:top;white-space:nowrap}\n"
  "thead th{border-bottom:2px solid var(--line);vertical-align:bottom;font-weight:600;white-space:normal}\n"
  "th[scope=row]{font-weight:500}.w{text-align:left;white-space:pre-line;overflow-wrap:break-word;max-width:28rem}.short{white-space:nowrap}.words{white-space:normal;min-width:7.5rem}\n"
  "td span{display:block;color:var(--dim);font-size:.8125rem}\n"
  ".matrix th,.matrix td{padding:.2rem .5rem}.right{font-weight:700;background:color-mix(in srgb,var(--accent) 18%,transparent)}\n"
  "figure{margin:1.25rem 0}figure img{max-width:100%;height:auto;display:block}\n"
  "figcaption{color:var(--dim);font-size:.9375rem;margin-top:.4rem;max-width:52rem}\n"
  "summary{cursor:pointer;color:var(--accent);margin:1rem 0}\n"
  "@media print{nav,.skip{display:none}body{font-size:10pt}h2{break-after:avoid}tr,figure{break-inside:avoid}.scroll{overflow:visible}}\n";

/* ---- tables ---- */

static void
append_cell (GString               *out,
             const HoneReportTable *table,
             gsize                  row,
             gsize                  column)
{
  const char *text = hone_report_table_get_cell (table, row, column);
  const char *class = hone_report_table_is_short (table, row, column) ? " class=\"w short\""
                      : column < table->n_words ? " class=\"w\""
                      : hone_report_table_is_strong (table, row, column) ? " class=\"right\""
                      : row > 0 && g_unichar_isalpha (g_utf8_get_char_validated (text, -1)) ? " class=\"words\"" : "";
  const char *tag = row == 0 || column == 0 ? "th" : "td";
  const char *scope = row == 0 ? " scope=\"col\"" : column == 0 ? " scope=\"row\"" : "";

  g_autofree char *below = NULL, *value = hone_report_table_split_cell (table, row, column, &below);

  g_string_append_printf (out, "<%s%s%s>", tag, scope, class);
  hone_report_html_append_escaped (out, value);
  if (below)
    {
      g_string_append (out, " <span>");
      hone_report_html_append_escaped (out, below);
      g_string_append (out, "</span>");
    }
  g_string_append_printf (out, "</%s>", tag);
}

static void
append_row (GString               *out,
            const HoneReportTable *table,
            gsize                  row)
{
  g_string_append (out, "<tr>");
  for (gsize column = 0; column < table->n_columns; column++)
    append_cell (out, table, row, column);
  g_string_append (out, "</tr>\n");
}

/* Wide tables scroll in a region of their own, which the keyboard reaches. */
static void
append_table (GString               *out,
              const HoneReportTable *table,
              guint                  nth)
{
  gboolean folded = table->n_columns > MAX_OPEN_COLUMNS;
  gsize n_rows = hone_report_table_get_n_rows (table);

  if (folded)
    {
      g_string_append (out, "<details>\n");
      append_element (out, "summary", _("The same as a table"));
    }
  g_string_append_printf (out, "<div class=\"scroll\" role=\"region\" aria-labelledby=\"table-%u\" tabindex=\"0\">\n<table%s>\n"
                               "<caption id=\"table-%u\">", nth, table->matrix ? " class=\"matrix\"" : "", nth);
  hone_report_html_append_escaped (out, table->caption ? table->caption : _("Table"));
  g_string_append (out, "</caption>\n<thead>\n");
  append_row (out, table, 0);
  g_string_append (out, "</thead>\n<tbody>\n");
  for (gsize row = 1; row <= n_rows; row++)
    append_row (out, table, row);
  g_string_append (out, "</tbody>\n</table>\n</div>\n");
  if (folded)
    g_string_append (out, "</details>\n");
}

/* ---- pictures ---- */

static void
append_data_address (GString                *out,
                     const HoneReportFigure *figure,
                     gboolean                dark,
                     double                  width,
                     double                  height)
{
  g_autoptr(GBytes) svg = hone_report_figure_to_svg (figure, dark, width, height);
  g_autofree char *base64 = g_base64_encode (g_bytes_get_data (svg, NULL), g_bytes_get_size (svg));

  g_string_append (out, "data:image/svg+xml;base64,");
  g_string_append (out, base64);
}

static void
append_figure (GString               *out,
               const HoneReportBlock *block)
{
  double width = PICTURE_WIDTH, height;

  hone_report_figure_get_size (block->figure, TEXT_SIZE, &width, &height);
  g_string_append (out, "<figure>\n<picture>\n<source media=\"(prefers-color-scheme: dark)\" srcset=\"");
  append_data_address (out, block->figure, TRUE, width, height);
  g_string_append_printf (out, "\">\n<img width=\"%d\" height=\"%d\" alt=\"", (int) width, (int) height);
  hone_report_html_append_escaped (out, hone_report_figure_get_text (block->figure));
  g_string_append (out, "\" src=\"");
  append_data_address (out, block->figure, FALSE, width, height);
  g_string_append (out, "\">\n</picture>\n");
  append_element (out, "figcaption", block->text);
  g_string_append (out, "</figure>\n");
}

/* ---- blocks ---- */

static void
append_list (GString               *out,
             const HoneReportBlock *block)
{
  if (block->items->len == 0)
    return;
  g_string_append_printf (out, "<ul class=\"%s\">\n", block->kind == HONE_REPORT_WARNINGS ? "warnings" : "lead");
  for (guint i = 0; i < block->items->len; i++)
    append_element (out, "li", g_ptr_array_index (block->items, i));
  g_string_append (out, "</ul>\n");
}

static void
append_facts (GString               *out,
              const HoneReportBlock *block)
{
  if (block->items->len == 0)
    return;
  g_string_append (out, "<dl>\n");
  for (guint i = 0; i + 1 < block->items->len; i += 2)
    {
      append_element (out, "dt", g_ptr_array_index (block->items, i));
      append_element (out, "dd", g_ptr_array_index (block->items, i + 1));
    }
  g_string_append (out, "</dl>\n");
}

/* @nth makes ids that no name can disturb. */
static void
append_block (GString               *out,
              const HoneReportBlock *block,
              guint                  nth)
{
  switch (block->kind)
    {
    case HONE_REPORT_HEADING:
      g_string_append_printf (out, "<h%u id=\"part-%u\">", block->level, nth);
      hone_report_html_append_escaped (out, block->text);
      g_string_append_printf (out, "</h%u>\n", block->level);
      break;
    case HONE_REPORT_QUOTE:
      append_element (out, "blockquote", block->text);
      break;
    case HONE_REPORT_LIST:
    case HONE_REPORT_WARNINGS:
      append_list (out, block);
      break;
    case HONE_REPORT_FACTS:
      append_facts (out, block);
      break;
    case HONE_REPORT_TABLE:
      append_table (out, block->table, nth);
      break;
    case HONE_REPORT_FIGURE:
      append_figure (out, block);
      break;
    case HONE_REPORT_PARAGRAPH:
    default:
      append_element (out, "p", block->text);
      break;
    }
}

/* ---- the page ---- */

/* Nothing may be loaded from anywhere, whatever a name holds. */
static void
append_head (GString    *out,
             const char *title)
{
  /* Translators: the code of the language that you translate into, as in <html lang="…">. */
  g_string_append_printf (out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", C_("language code", "en"));
  g_string_append (out, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\n"
                        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                        "<meta name=\"generator\" content=\"Hone " PACKAGE_VERSION "\">\n");
  append_element (out, "title", title);
  g_string_append_printf (out, "<style>\n%s</style>\n</head>\n", style_sheet);
}

static void
append_contents (GString                  *out,
                 const HoneReportDocument *document)
{
  g_string_append (out, "<nav aria-label=\"");
  hone_report_html_append_escaped (out, _("Contents"));
  g_string_append (out, "\">\n<ul>\n");
  for (guint i = 0; i < document->blocks->len; i++)
    {
      const HoneReportBlock *block = hone_report_document_get_nth (document, i);

      if (block->kind != HONE_REPORT_HEADING || block->level != 2)
        continue;
      g_string_append_printf (out, "<li><a href=\"#part-%u\">", i);
      hone_report_html_append_escaped (out, block->text);
      g_string_append (out, "</a></li>\n");
    }
  g_string_append (out, "</ul>\n</nav>\n");
}

/**
 * hone_report_to_html:
 * @self: a report with its project filled in
 *
 * Returns: (transfer full): the report as one HTML file that refers to nothing outside of it
 */
char *
hone_report_to_html (const HoneReport *self)
{
  g_autoptr(HoneReportDocument) document = hone_report_document_new (self);
  GString *out = g_string_new (NULL);

  append_head (out, document->title);
  g_string_append (out, "<body>\n<a class=\"skip\" href=\"#main\">");
  hone_report_html_append_escaped (out, _("Skip to the report"));
  g_string_append (out, "</a>\n<header>\n");
  append_element (out, "h1", document->title);
  g_string_append (out, "</header>\n");
  append_contents (out, document);
  g_string_append (out, "<main id=\"main\">\n");
  for (guint i = 0; i < document->blocks->len; i++)
    append_block (out, hone_report_document_get_nth (document, i), i);
  g_string_append (out, "</main>\n<footer>\n");
  append_element (out, "p", _("A report in JSON can be checked against its project: hone-cli verify REPORT.json PROJECT.hone"));
  g_string_append (out, "</footer>\n</body>\n</html>\n");
  return g_string_free (out, FALSE);
}
