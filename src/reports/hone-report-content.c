/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a report says, block after block: first what to know, then what it rests on. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hone-report-document.h"
#include "hone-report-iteration-private.h"
#include "hone-report-text.h"

/* Who else a caveat holds for is named up to here. */
#define MAX_NAMED 4

/* ---- the end of each experiment, in a sentence ---- */

static char *
compare_with_previous (const HoneReport *self,
                       gsize             nth)
{
  gsize previous = hone_report_get_previous (self, nth);
  const HoneReportPair *pair = previous != G_MAXSIZE ? hone_report_find_pair (self, previous, nth) : NULL;

  return pair ? hone_report_format_mcnemar (pair->a_only, pair->b_only, pair->p) : NULL;
}

static gboolean
is_last_of_experiment (const HoneReport *self,
                       gsize             nth)
{
  const HoneReportIteration *item = hone_report_get_iteration (self, nth);

  if (item->status != HONE_REPORT_SCORED)
    return FALSE;
  for (gsize i = 0; i < self->iterations->len; i++)
    {
      const HoneReportIteration *other = hone_report_get_iteration (self, i);

      if (other->status == HONE_REPORT_SCORED && other->number > item->number && strcmp (other->experiment, item->experiment) == 0)
        return FALSE;
    }
  return TRUE;
}

static char *
summarise (const HoneReport *self,
           gsize             nth)
{
  const HoneReportIteration *item = hone_report_get_iteration (self, nth);
  gsize n_measures;
  HoneMeasure measure = hone_report_list_measures (self, &n_measures)[0];
  g_autofree char *value = hone_report_format_estimate (measure, &item->scores->measures[measure]);
  g_autofree char *majority = hone_report_format_share (item->scores->majority.value);
  g_autofree char *change = compare_with_previous (self, nth);
  GString *text = g_string_new (NULL);

  /* Translators: an iteration, a measure, its value with interval, a number of texts. */
  g_string_append_printf (text, _("%s: %s %s, n = %" G_GUINT64_FORMAT), item->name, hone_measure_get_name (measure), value,
                          item->scores->n);
  if (change)
    {
      gsize previous = hone_report_get_previous (self, nth);

      /* Translators: "better, p = 0.020" and the name of an iteration. */
      g_string_append_printf (text, _("; against %s: %s"), hone_report_get_iteration (self, previous)->name, change);
    }
  if (isfinite (item->scores->majority.value))
    g_string_append_printf (text, _("; always giving the commonest category would be right in %s"), majority);
  g_string_append_c (text, '.');
  return g_string_free (text, FALSE);
}

/* ---- summary ---- */

static void
add_summary_table (HoneReportDocument *document,
                   const HoneReport   *self)
{
  HoneReportTable *table = hone_report_document_table (document, g_strdup (_("Scores of each iteration, with 95 % intervals in brackets")), 1);
  gsize n_measures;
  const HoneMeasure *measures = hone_report_list_measures (self, &n_measures);

  table->stacked = TRUE;
  hone_report_table_add (table, _("Iteration"));
  hone_report_table_add (table, _("Labels"));
  hone_report_table_add (table, "n");
  for (gsize m = 0; m < n_measures; m++)
    hone_report_table_add (table, hone_measure_get_name (measures[m]));
  hone_report_table_add (table, _("Against the one before"));
  hone_report_table_end_header (table);
  for (guint i = 0; i < self->iterations->len; i++)
    {
      const HoneReportIteration *item = hone_report_get_iteration (self, i);
      char *change = compare_with_previous (self, i);

      hone_report_table_add (table, item->name);
      hone_report_table_count (table, item->n_trained);
      if (item->scores)
        hone_report_table_count (table, item->scores->n);
      else
        hone_report_table_add (table, "–");
      for (gsize m = 0; m < n_measures; m++)
        hone_report_table_take (table, item->scores ? hone_report_format_estimate (measures[m], &item->scores->measures[measures[m]])
                                                    : g_strdup ("–"));
      hone_report_table_take (table, change ? change : g_strdup (""));
    }
}

static void
add_summary (HoneReportDocument *document,
             const HoneReport   *self)
{
  HoneReportFigure *chart = self->sections & HONE_REPORT_CHART ? hone_report_figure_new_chart (self) : NULL;
  HoneReportBlock *list;

  hone_report_document_heading (document, 2, _("Summary"));
  list = hone_report_document_add (document, HONE_REPORT_LIST, NULL);
  for (gsize i = 0; i < self->iterations->len; i++)
    if (is_last_of_experiment (self, i))
      hone_report_block_item (list, summarise (self, i));
  if (chart)
    hone_report_document_add (document, HONE_REPORT_FIGURE, g_strdup (_("The bars are 95 % intervals.")))->figure = chart;
  add_summary_table (document, self);
  hone_report_document_add (document, HONE_REPORT_PARAGRAPH,
                            g_strdup (_("“Against the one before”: McNemar’s exact test on the texts that both iterations were scored on; "
                                        "p below 0.05 counts as a difference.")));
}

/* ---- caveats ---- */

static gboolean
same_facts (const HoneReportCaveat *a,
            const HoneReportCaveat *b)
{
  if (a->code != b->code || a->b || b->b || a->a == NULL || b->a == NULL || a->facts->len != b->facts->len)
    return FALSE;
  for (guint i = 0; i < a->facts->len; i++)
    if (g_array_index (a->facts, HoneReportFact, i).value != g_array_index (b->facts, HoneReportFact, i).value)
      return FALSE;
  return TRUE;
}

/* A caveat with the names of those that it holds for as well, so that ten iterations do not say one thing ten times. */
static char *
join_caveat (const HoneReport *self,
             guint             nth)
{
  const HoneReportCaveat *caveat = g_ptr_array_index (self->caveats, nth);
  g_autoptr(GString) names = g_string_new (NULL);
  guint n = 0;

  for (guint i = nth + 1; i < self->caveats->len; i++)
    {
      const HoneReportCaveat *other = g_ptr_array_index (self->caveats, i);

      if (!same_facts (caveat, other))
        continue;
      if (n < MAX_NAMED)
        g_string_append_printf (names, "%s%s", n ? ", " : "", other->a);
      n++;
    }
  if (n == 0)
    return g_strdup (caveat->text);
  if (n <= MAX_NAMED)
    return g_strdup_printf (_("%s The same holds for %s."), caveat->text, names->str);
  return g_strdup_printf (ngettext ("%s The same holds for %s and %u more.", "%s The same holds for %s and %u more.", n - MAX_NAMED),
                          caveat->text, names->str, n - MAX_NAMED);
}

static gboolean
is_joined (const HoneReport *self,
           guint             nth)
{
  for (guint i = 0; i < nth; i++)
    if (same_facts (g_ptr_array_index (self->caveats, i), g_ptr_array_index (self->caveats, nth)))
      return TRUE;
  return FALSE;
}

static void
add_caveats (HoneReportDocument *document,
             const HoneReport   *self)
{
  HoneReportBlock *list;

  if (self->caveats->len == 0)
    return;
  hone_report_document_heading (document, 2, _("Read this first"));
  list = hone_report_document_add (document, HONE_REPORT_WARNINGS, NULL);
  for (guint i = 0; i < self->caveats->len; i++)
    if (!is_joined (self, i))
      hone_report_block_item (list, join_caveat (self, i));
}

/* ---- comparisons ---- */

static void
add_comparisons (HoneReportDocument *document,
                 const HoneReport   *self)
{
  HoneReportTable *table;

  if (self->pairs->len == 0)
    return;
  hone_report_document_heading (document, 2, _("Comparisons"));
  table = hone_report_document_table (document, g_strdup (_("What changed from one iteration to another, in texts that both were scored on")), 2);
  hone_report_table_add (table, _("From"));
  hone_report_table_add (table, _("To"));
  hone_report_table_add (table, "n");
  hone_report_table_add (table, _("Fixed"));
  hone_report_table_add (table, _("Broken"));
  hone_report_table_add (table, _("Still wrong"));
  hone_report_table_add (table, _("Still right"));
  hone_report_table_add (table, _("McNemar’s test"));
  hone_report_table_end_header (table);
  for (guint i = 0; i < self->pairs->len; i++)
    {
      const HoneReportPair *pair = &g_array_index (self->pairs, HoneReportPair, i);

      hone_report_table_add (table, hone_report_get_iteration (self, pair->a)->name);
      hone_report_table_add (table, hone_report_get_iteration (self, pair->b)->name);
      hone_report_table_count (table, pair->n);
      hone_report_table_count (table, pair->fixed);
      hone_report_table_count (table, pair->broken);
      hone_report_table_count (table, pair->still_wrong);
      hone_report_table_count (table, pair->still_right);
      hone_report_table_take (table, hone_report_format_mcnemar (pair->a_only, pair->b_only, pair->p));
    }
}

/* ---- data and categories ---- */

static char *
describe_openings (guint64 openings)
{
  unsigned long n = (unsigned long) openings;

  if (n == 0)
    return g_strdup (_("The test split has not been opened."));
  return g_strdup_printf (ngettext ("The test split has been opened %lu time.", "The test split has been opened %lu times.", n), n);
}

static void
add_data (HoneReportDocument *document,
          const HoneReport   *self)
{
  HoneReportTable *table;

  hone_report_document_heading (document, 2, _("Data"));
  table = hone_report_document_table (document, g_strdup (_("Texts and labels when this report was written")), 1);
  hone_report_table_add (table, _("Split"));
  hone_report_table_add (table, _("Texts"));
  hone_report_table_add (table, _("Labelled"));
  hone_report_table_add (table, _("Unlabelled"));
  hone_report_table_add (table, _("Disputed"));
  hone_report_table_add (table, _("Known answers, hidden"));
  hone_report_table_end_header (table);
  for (int split = 0; split < HONE_N_SPLITS; split++)
    {
      const HoneSplitCounts *counts = &self->splits[split].counts;

      hone_report_table_add (table, hone_split_to_string (split));
      hone_report_table_count (table, counts->examples);
      hone_report_table_count (table, counts->labelled);
      hone_report_table_count (table, counts->unlabelled);
      hone_report_table_count (table, counts->disputed);
      hone_report_table_count (table, counts->known);
    }
  hone_report_document_add (document, HONE_REPORT_PARAGRAPH, describe_openings (self->openings));
}

static void
add_categories (HoneReportDocument *document,
                const HoneReport   *self)
{
  const char *instruction = hone_ontology_get_instruction (self->ontology);
  HoneReportTable *table;
  g_autofree char *version = g_strdup_printf (_("Version %" G_GINT64_FORMAT " of the categories."), self->ontology_version);

  hone_report_document_heading (document, 2, _("Categories"));
  hone_report_document_add (document, HONE_REPORT_PARAGRAPH,
                            g_strdup_printf ("%s %s", hone_ontology_get_choice (self->ontology) == HONE_CHOICE_ONE
                                             ? _("Each text has one category.") : _("A text may have several categories."), version));
  if (instruction && *instruction)
    hone_report_document_add (document, HONE_REPORT_QUOTE, g_strdup (instruction));
  table = hone_report_document_table (document, g_strdup (_("Categories, and the labels they have in each split")), 3);
  hone_report_table_add (table, _("Key"));
  hone_report_table_add (table, _("Name"));
  hone_report_table_add (table, _("Definition"));
  for (int split = 0; split < HONE_N_SPLITS; split++)
    hone_report_table_add (table, hone_split_to_string (split));
  hone_report_table_end_header (table);
  for (gsize i = 0; i < hone_ontology_get_size (self->ontology); i++)
    {
      const HoneCategory *category = hone_ontology_get_nth (self->ontology, i);

      hone_report_table_add (table, category->key);
      hone_report_table_add (table, category->name);
      hone_report_table_add (table, category->definition ? category->definition : "");
      for (int split = 0; split < HONE_N_SPLITS; split++)
        hone_report_table_count (table, self->splits[split].per_category ? self->splits[split].per_category[i] : 0);
    }
}

/* ---- the whole ---- */

static void
add_head (HoneReportDocument *document,
          const HoneReport   *self)
{
  g_autofree char *created = hone_report_format_time (self->created);

  hone_report_document_add (document, HONE_REPORT_PARAGRAPH,
                            g_strdup_printf (_("Written by Hone %s at %s. Scores are of the split “%s”. Seed %" G_GUINT64_FORMAT "."),
                                             PACKAGE_VERSION, created ? created : "–", hone_split_to_string (self->split), self->seed));
}

/**
 * hone_report_document_new:
 * @report: a report with its project filled in and its caveats found
 *
 * Returns: (transfer full): what it says, in the sections that it wants
 */
HoneReportDocument *
hone_report_document_new (const HoneReport *report)
{
  HoneReportDocument *document = hone_report_document_new_empty (g_strdup_printf ("%s: %s", _("Report"), report->project));

  add_head (document, report);
  add_summary (document, report);
  add_caveats (document, report);
  if (report->sections & HONE_REPORT_COMPARISONS)
    add_comparisons (document, report);
  if (report->sections & HONE_REPORT_DATA)
    add_data (document, report);
  if (report->sections & HONE_REPORT_CATEGORIES)
    add_categories (document, report);
  for (guint i = 0; i < report->iterations->len; i++)
    hone_report_document_add_iteration (document, report, i);
  return document;
}
