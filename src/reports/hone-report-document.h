/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report as a sequence of blocks, the same for Markdown, HTML and PDF; each of these only says how a block looks. */
#pragma once

#include "hone-report-figure.h"
#include "hone-report.h"

G_BEGIN_DECLS

typedef struct {
  char      *caption;      /* (nullable) */
  GPtrArray *cells;        /* row-major, of char*; the first row is the header */
  gsize      n_columns;
  guint      n_words;      /* so many columns are words, the others numbers */
  gboolean   matrix;       /* the diagonal is what is right */
  gboolean   stacked;      /* intervals stand below their values where there is more than one line */
} HoneReportTable;

typedef enum {
  HONE_REPORT_HEADING,
  HONE_REPORT_PARAGRAPH,
  HONE_REPORT_QUOTE,
  HONE_REPORT_LIST,        /* of sentences */
  HONE_REPORT_WARNINGS,    /* the same, to be read before all else */
  HONE_REPORT_FACTS,       /* names and values by turns */
  HONE_REPORT_TABLE,
  HONE_REPORT_FIGURE,
} HoneReportBlockKind;

typedef struct {
  HoneReportBlockKind kind;
  guint               level;     /* of headings, from 2; the title is 1 */
  char               *text;      /* (nullable) */
  GPtrArray          *items;     /* (nullable): of char* */
  HoneReportTable    *table;     /* (nullable) */
  HoneReportFigure   *figure;    /* (nullable) */
} HoneReportBlock;

typedef struct {
  char      *title;
  GPtrArray *blocks;             /* of HoneReportBlock */
} HoneReportDocument;

/* All texts in a document are for people, in their language, and escaped by nobody yet. */
HoneReportDocument *hone_report_document_new      (const HoneReport       *report);
void                hone_report_document_free     (HoneReportDocument     *self);
HoneReportBlock    *hone_report_document_get_nth  (const HoneReportDocument *self,
                                                   gsize                   nth);

/* ---- building ---- */
HoneReportDocument *hone_report_document_new_empty (char                  *title);     /* takes it */
HoneReportBlock    *hone_report_document_add      (HoneReportDocument     *self,
                                                   HoneReportBlockKind     kind,
                                                   char                   *text);      /* takes it */
void                hone_report_document_heading  (HoneReportDocument     *self,
                                                   guint                   level,
                                                   const char             *text);
void                hone_report_block_item        (HoneReportBlock        *self,
                                                   char                   *item);      /* takes it */
/* A fact whose value is NULL or empty is left out. */
void                hone_report_block_fact        (HoneReportBlock        *self,
                                                   const char             *name,
                                                   const char             *value);
HoneReportTable    *hone_report_document_table    (HoneReportDocument     *self,
                                                   char                   *caption,    /* takes it */
                                                   guint                   n_words);
void                hone_report_table_add         (HoneReportTable        *self,
                                                   const char             *cell);
void                hone_report_table_take        (HoneReportTable        *self,
                                                   char                   *cell);
void                hone_report_table_count       (HoneReportTable        *self,
                                                   guint64                 count);
void                hone_report_table_end_header  (HoneReportTable        *self);
gsize               hone_report_table_get_n_rows  (const HoneReportTable  *self);      /* without the header */
/* @row 0 is the header. */
const char         *hone_report_table_get_cell    (const HoneReportTable  *self,
                                                   gsize                   row,
                                                   gsize                   column);
/* The cell's value alone, and what stands below it in brackets (nullable). */
char               *hone_report_table_split_cell  (const HoneReportTable  *self,
                                                   gsize                   row,
                                                   gsize                   column,
                                                   char                  **below);
/* Names as short as this stay on one line. */
gboolean            hone_report_table_is_short    (const HoneReportTable  *self,
                                                   gsize                   row,
                                                   gsize                   column);
/* Whether label and answer agree in this cell of a matrix. */
gboolean            hone_report_table_is_strong   (const HoneReportTable  *self,
                                                   gsize                   row,
                                                   gsize                   column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneReportDocument, hone_report_document_free)

G_END_DECLS
