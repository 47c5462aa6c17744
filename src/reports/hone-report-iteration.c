/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chapter of one iteration: settings, measures, categories, confusion. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "formats/hone-json.h"
#include "hone-report-iteration-private.h"
#include "hone-report-text.h"

#define MAX_CONFUSIONS 10

/* ---- settings ---- */

/* Objects in objects are opened: what people set stands below "settings". */
static void
add_members (HoneReportBlock *facts,
             const HoneJson  *settings)
{
  for (gsize i = 0; i < hone_json_get_size (settings); i++)
    {
      const HoneJson *member = hone_json_get_nth (settings, i);
      const char *name = hone_json_get_name (settings, i);
      g_autoptr(GString) value = g_string_new (NULL);

      /* These stand above already, the template as its hash. */
      if (strcmp (name, "method") == 0 || strcmp (name, "template") == 0 || hone_json_get_type_of (member) == HONE_JSON_NULL)
        continue;
      if (hone_json_get_type_of (member) == HONE_JSON_OBJECT)
        {
          add_members (facts, member);
          continue;
        }
      if (hone_json_get_type_of (member) == HONE_JSON_STRING)
        g_string_append (value, hone_json_get_string (member));
      else
        hone_json_print (member, value);
      hone_report_block_fact (facts, name, value->str);
    }
}

static void
add_settings (HoneReportDocument        *document,
              const HoneReportIteration *item)
{
  HoneReportBlock *facts = hone_report_document_add (document, HONE_REPORT_FACTS, NULL);
  g_autofree char *created = hone_report_format_time (item->created);
  g_autofree char *trained = g_strdup_printf (ngettext ("%lu label", "%lu labels", (unsigned long) item->n_trained),
                                              (unsigned long) item->n_trained);
  g_autofree char *pseudo = g_strdup_printf ("%" G_GUINT64_FORMAT, item->n_pseudo);
  HoneJson *settings = hone_json_parse (item->settings, -1, NULL);
  char seconds[G_ASCII_DTOSTR_BUF_SIZE];

  hone_report_block_fact (facts, _("What it is"), item->description);
  hone_report_block_fact (facts, _("Made"), created);
  hone_report_block_fact (facts, _("Provider"), item->provider);
  hone_report_block_fact (facts, _("Method"), item->method);
  hone_report_block_fact (facts, _("Base model"), item->base);
  hone_report_block_fact (facts, _("Goes on from"), item->parent);
  hone_report_block_fact (facts, _("Training list"), item->n_trained > 0 ? trained : NULL);
  hone_report_block_fact (facts, _("Pseudo-labels (self-training)"), item->n_pseudo > 0 ? pseudo : NULL);
  hone_report_block_fact (facts, _("Seconds of training"),
                          item->seconds > 0 ? g_ascii_formatd (seconds, sizeof seconds, "%.1f", item->seconds) : NULL);
  hone_report_block_fact (facts, _("Model"), item->model);
  hone_report_block_fact (facts, _("Template"), item->template_hash);
  add_members (facts, settings);
  g_clear_pointer (&settings, hone_json_free);
}

/* ---- measures ---- */

static void
add_measures (HoneReportDocument *document,
              const HoneScores   *scores)
{
  HoneReportTable *table = hone_report_document_table (document, g_strdup (_("All measures, with 95 % intervals in brackets")), 1);

  hone_report_table_add (table, _("Measure"));
  hone_report_table_add (table, _("Value (95 %)"));
  hone_report_table_end_header (table);
  for (int measure = 0; measure < HONE_N_MEASURES; measure++)
    {
      if (!isfinite (scores->measures[measure].value) && measure >= HONE_MEASURE_LOG_LOSS)
        continue;
      hone_report_table_add (table, hone_measure_get_name (measure));
      hone_report_table_take (table, hone_report_format_estimate (measure, &scores->measures[measure]));
    }
  hone_report_table_add (table, _("Accuracy by chance"));
  hone_report_table_take (table, hone_report_format_share (scores->chance.value));
  hone_report_table_add (table, _("Accuracy of the commonest category"));
  hone_report_table_take (table, hone_report_format_estimate (HONE_MEASURE_ACCURACY, &scores->majority));
}

static void
add_classes (HoneReportDocument *document,
             const HoneScores   *scores,
             const HoneOntology *ontology)
{
  HoneReportTable *table = hone_report_document_table (document, g_strdup (_("Scores of each category; n is the number of its labels")), 1);

  hone_report_table_add (table, _("Category"));
  hone_report_table_add (table, "n");
  hone_report_table_add (table, _("Precision"));
  hone_report_table_add (table, _("Recall"));
  hone_report_table_add (table, "F1");
  hone_report_table_add (table, "IoU");
  hone_report_table_end_header (table);
  for (gsize i = 0; i < scores->n_classes; i++)
    {
      const HoneClassScore *class = &scores->classes[i];
      const HoneCategory *category = hone_ontology_get_by_id (ontology, class->category);

      if (category == NULL)
        continue;
      hone_report_table_add (table, category->name);
      hone_report_table_count (table, class->support);
      hone_report_table_take (table, hone_report_format_share (class->precision));
      hone_report_table_take (table, hone_report_format_share (class->recall));
      hone_report_table_take (table, hone_report_format_share (class->f1));
      hone_report_table_take (table, hone_report_format_share (class->iou));
    }
}

/* ---- confusion ---- */

static void
add_matrix_table (HoneReportDocument   *document,
                  const HonePlotMatrix *matrix)
{
  HoneReportTable *table = hone_report_document_table (document,
                                                       g_strdup (_("Confusion matrix. Rows: the labels. Columns: what the model answered.")), 1);

  table->matrix = TRUE;
  hone_report_table_add (table, _("Label"));
  for (gsize column = 0; column < matrix->n_columns; column++)
    hone_report_table_add (table, matrix->columns[column]);
  hone_report_table_end_header (table);
  for (gsize row = 0; row < matrix->n_rows; row++)
    {
      hone_report_table_add (table, matrix->rows[row]);
      for (gsize column = 0; column < matrix->n_columns; column++)
        {
          guint64 count = hone_plot_matrix_get_count (matrix, (HonePlotCell) { row, column });

          if (count > 0)
            hone_report_table_count (table, count);
          else
            hone_report_table_add (table, "·");
        }
    }
}

static void
add_largest (HoneReportDocument   *document,
             const HonePlotMatrix *matrix)
{
  g_autoptr(GArray) cells = hone_plot_matrix_find_largest (matrix, MAX_CONFUSIONS);
  HoneReportTable *table;

  if (cells->len == 0)
    return;
  table = hone_report_document_table (document, g_strdup (_("What was most often read as something else")), 2);
  hone_report_table_add (table, _("Label"));
  hone_report_table_add (table, _("Read as"));
  hone_report_table_add (table, _("Texts"));
  hone_report_table_add (table, _("Share of the label"));
  hone_report_table_end_header (table);
  for (guint i = 0; i < cells->len; i++)
    {
      HonePlotCell cell = g_array_index (cells, HonePlotCell, i);

      hone_report_table_add (table, matrix->rows[cell.row]);
      hone_report_table_add (table, matrix->columns[cell.column]);
      hone_report_table_count (table, hone_plot_matrix_get_count (matrix, cell));
      hone_report_table_take (table, hone_report_format_share (hone_plot_matrix_get_row_share (matrix, cell)));
    }
}

static void
add_confusion (HoneReportDocument *document,
               const HoneReport   *report,
               gsize               nth)
{
  HoneReportFigure *figure = hone_report_figure_new_matrix (report, nth);
  const HonePlotMatrix *matrix;

  if (figure == NULL)
    return;
  matrix = hone_report_figure_get_matrix (figure);
  hone_report_document_add (document, HONE_REPORT_FIGURE,
                            g_strdup (_("Confusion matrix. Rows: the labels. Columns: what the model answered. The stronger a colour, the "
                                        "larger the share of its row.")))->figure = figure;
  add_matrix_table (document, matrix);
  add_largest (document, matrix);
}

/* ---- the chapter ---- */

static void
add_n (HoneReportDocument *document,
       const HoneScores   *scores)
{
  g_autofree char *left_out = hone_report_format_left_out (&scores->left_out);
  g_autofree char *rest = left_out ? g_strdup_printf (_("Left out: %s."), left_out) : g_strdup (_("Nothing was left out."));

  hone_report_document_add (document, HONE_REPORT_PARAGRAPH, g_strdup_printf ("n = %" G_GUINT64_FORMAT ". %s", scores->n, rest));
}

static void
add_scores (HoneReportDocument *document,
            const HoneReport   *report,
            gsize               nth)
{
  const HoneReportIteration *item = hone_report_get_iteration (report, nth);

  add_n (document, item->scores);
  if (report->sections & HONE_REPORT_MEASURES)
    add_measures (document, item->scores);
  if (report->sections & HONE_REPORT_CLASSES)
    add_classes (document, item->scores, report->ontology);
  if (report->sections & HONE_REPORT_MATRIX)
    add_confusion (document, report, nth);
}

void
hone_report_document_add_iteration (HoneReportDocument *document,
                                    const HoneReport   *report,
                                    gsize               nth)
{
  const guint mine = HONE_REPORT_SETTINGS | HONE_REPORT_MEASURES | HONE_REPORT_CLASSES | HONE_REPORT_MATRIX;
  const HoneReportIteration *item = hone_report_get_iteration (report, nth);

  if (!(report->sections & mine))
    return;
  hone_report_document_heading (document, 2, item->name);
  if (report->sections & HONE_REPORT_SETTINGS)
    add_settings (document, item);
  if (item->status == HONE_REPORT_NO_PREDICTIONS)
    hone_report_document_add (document, HONE_REPORT_PARAGRAPH, g_strdup (_("It has not been asked about this split.")));
  else if (item->status == HONE_REPORT_NO_LABELS)
    hone_report_document_add (document, HONE_REPORT_PARAGRAPH, g_strdup (_("No text of this split that it answered has a label.")));
  else
    add_scores (document, report, nth);
}
