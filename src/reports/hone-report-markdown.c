/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report as Markdown with tables: pleasant as it stands and when rendered. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "formats/hone-json.h"
#include "hone-report-text.h"
#include "hone-report-write.h"

/* Wider matrices are left to the JSON form: nobody can read them as a table of text. */
#define MAX_MATRIX 40

/* ---- a table whose columns line up in the source too ---- */

typedef struct {
  GPtrArray *cells;     /* row-major, of char*; the first row is the header */
  gsize      n_columns;
  guint      left;      /* so many columns are words, the others numbers */
} Table;

static Table *
table_new (guint left)
{
  Table *self = g_new0 (Table, 1);

  self->cells = g_ptr_array_new_with_free_func (g_free);
  self->left = left;
  return self;
}

/* WORLD_NEWS is no emphasis to Markdown: a bar inside a word stays as it is. */
static gboolean
is_special (const char *text,
            const char *at)
{
  if (*at == '_')
    return at == text || !g_ascii_isalnum (at[-1]) || !g_ascii_isalnum (at[1]);
  return strchr ("|\\`*<>[]#~", *at) != NULL;
}

/* Whatever a name holds, it must stay inside its cell. */
static char *
escape (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *at = text; *at; at++)
    {
      if (is_special (text, at))
        g_string_append_c (out, '\\');
      g_string_append_c (out, (guchar) *at < 0x20 ? ' ' : *at);
    }
  return g_string_free (out, FALSE);
}

static void
table_take (Table *self,
            char  *cell)
{
  g_ptr_array_add (self->cells, cell);
}

static void
table_add (Table      *self,
           const char *cell)
{
  table_take (self, escape (cell));
}

static void
table_count (Table   *self,
             guint64  count)
{
  table_take (self, g_strdup_printf ("%" G_GUINT64_FORMAT, count));
}

static void
table_end_header (Table *self)
{
  self->n_columns = self->cells->len;
}

static void
append_padding (GString *out,
                char     fill,
                gsize    n)
{
  for (gsize i = 0; i < n; i++)
    g_string_append_c (out, fill);
}

static void
append_rule (GString     *out,
             const Table *self,
             const gsize *widths)
{
  for (gsize column = 0; column < self->n_columns; column++)
    {
      g_string_append (out, column ? " | " : "| ");
      append_padding (out, '-', column < self->left ? widths[column] : widths[column] - 1);
      if (column >= self->left)
        g_string_append_c (out, ':');
    }
  g_string_append (out, " |\n");
}

/* Appends the table with an empty line after it, and frees it. */
static void
table_finish (Table   *self,
              GString *out)
{
  g_autofree gsize *widths = g_new0 (gsize, self->n_columns);

  for (guint i = 0; i < self->cells->len; i++)
    widths[i % self->n_columns] = MAX (widths[i % self->n_columns], (gsize) MAX (g_utf8_strlen (self->cells->pdata[i], -1), 3));
  for (guint i = 0; i < self->cells->len; i++)
    {
      gsize column = i % self->n_columns, width = g_utf8_strlen (self->cells->pdata[i], -1);

      g_string_append (out, column ? " | " : "| ");
      if (column >= self->left)
        append_padding (out, ' ', widths[column] - width);
      g_string_append (out, self->cells->pdata[i]);
      if (column < self->left)
        append_padding (out, ' ', widths[column] - width);
      if (column + 1 == self->n_columns)
        {
          g_string_append (out, " |\n");
          if (i + 1 == self->n_columns)
            append_rule (out, self, widths);
        }
    }
  g_string_append_c (out, '\n');
  g_ptr_array_unref (self->cells);
  g_free (self);
}

/* ---- sections ---- */

static void
append_data (GString          *out,
             const HoneReport *self)
{
  Table *table = table_new (1);

  g_string_append_printf (out, "## %s\n\n", _("Data"));
  table_add (table, _("Split"));
  table_add (table, _("Texts"));
  table_add (table, _("Labelled"));
  table_add (table, _("Unlabelled"));
  table_add (table, _("Disputed"));
  table_add (table, _("Known answers, hidden"));
  table_end_header (table);
  for (int split = 0; split < HONE_N_SPLITS; split++)
    {
      const HoneSplitCounts *counts = &self->splits[split].counts;

      table_add (table, hone_split_to_string (split));
      table_count (table, counts->examples);
      table_count (table, counts->labelled);
      table_count (table, counts->unlabelled);
      table_count (table, counts->disputed);
      table_count (table, counts->known);
    }
  table_finish (table, out);
  g_string_append_printf (out, ngettext ("The test split has been opened %lu time.\n\n", "The test split has been opened %lu times.\n\n",
                                         (unsigned long) self->openings), (unsigned long) self->openings);
}

static void
append_ontology (GString          *out,
                 const HoneReport *self)
{
  Table *table = table_new (3);
  const char *instruction = hone_ontology_get_instruction (self->ontology);

  g_string_append_printf (out, "## %s\n\n", _("Categories"));
  g_string_append (out, hone_ontology_get_choice (self->ontology) == HONE_CHOICE_ONE ? _("Each text has one category.")
                                                                                     : _("A text may have several categories."));
  g_string_append_c (out, ' ');
  g_string_append_printf (out, _("Version %" G_GINT64_FORMAT " of the categories."), self->ontology_version);
  g_string_append (out, "\n\n");
  if (instruction && *instruction)
    {
      g_autofree char *escaped = escape (instruction);

      g_string_append_printf (out, "> %s\n\n", escaped);
    }
  table_add (table, _("Key"));
  table_add (table, _("Name"));
  table_add (table, _("Definition"));
  for (int split = 0; split < HONE_N_SPLITS; split++)
    table_add (table, hone_split_to_string (split));
  table_end_header (table);
  for (gsize i = 0; i < hone_ontology_get_size (self->ontology); i++)
    {
      const HoneCategory *category = hone_ontology_get_nth (self->ontology, i);

      table_add (table, category->key);
      table_add (table, category->name);
      table_add (table, category->definition ? category->definition : "");
      for (int split = 0; split < HONE_N_SPLITS; split++)
        table_count (table, self->splits[split].per_category ? self->splits[split].per_category[i] : 0);
    }
  table_finish (table, out);
}

static char *
compare_with_previous (const HoneReport *self,
                       gsize             nth)
{
  gsize previous = hone_report_get_previous (self, nth);
  const HoneReportPair *pair = previous != G_MAXSIZE ? hone_report_find_pair (self, previous, nth) : NULL;

  return pair ? hone_report_format_mcnemar (pair->a_only, pair->b_only, pair->p) : g_strdup ("");
}

static const HoneMeasure *
get_summary_measures (const HoneReport *self,
                      gsize            *n)
{
  static const HoneMeasure one[] = { HONE_MEASURE_IOU_SCORE, HONE_MEASURE_ACCURACY, HONE_MEASURE_MEAN_IOU, HONE_MEASURE_MACRO_F1,
                                     HONE_MEASURE_KAPPA };
  static const HoneMeasure several[] = { HONE_MEASURE_MEAN_JACCARD, HONE_MEASURE_IOU_SCORE, HONE_MEASURE_ACCURACY,
                                         HONE_MEASURE_MACRO_F1, HONE_MEASURE_KAPPA };

  *n = G_N_ELEMENTS (one);
  return hone_ontology_get_choice (self->ontology) == HONE_CHOICE_ONE ? one : several;
}

static void
append_summary (GString          *out,
                const HoneReport *self)
{
  Table *table = table_new (1);
  gsize n_measures;
  const HoneMeasure *measures = get_summary_measures (self, &n_measures);

  g_string_append_printf (out, "## %s\n\n", _("Summary"));
  table_add (table, _("Iteration"));
  table_add (table, _("Labels"));
  table_add (table, "n");
  for (gsize m = 0; m < n_measures; m++)
    table_add (table, hone_measure_get_name (measures[m]));
  table_add (table, _("Against the one before"));
  table_end_header (table);
  for (guint i = 0; i < self->iterations->len; i++)
    {
      const HoneReportIteration *item = hone_report_get_iteration (self, i);

      table_add (table, item->name);
      table_count (table, item->n_trained);
      if (item->scores)
        table_count (table, item->scores->n);
      else
        table_add (table, "–");
      for (gsize m = 0; m < n_measures; m++)
        table_take (table, item->scores ? hone_report_format_estimate (measures[m], &item->scores->measures[measures[m]])
                                        : g_strdup ("–"));
      table_take (table, compare_with_previous (self, i));
    }
  table_finish (table, out);
  g_string_append (out, _("In brackets: the 95 % interval. “Against the one before”: McNemar’s exact test on the texts that both "
                          "iterations were scored on."));
  g_string_append (out, "\n\n");
}

static void
append_caveats (GString          *out,
                const HoneReport *self)
{
  if (self->caveats->len == 0)
    return;
  g_string_append_printf (out, "## %s\n\n", _("Read this first"));
  for (guint i = 0; i < self->caveats->len; i++)
    {
      const HoneReportCaveat *caveat = g_ptr_array_index (self->caveats, i);
      g_autofree char *text = escape (caveat->text);

      g_string_append_printf (out, "- %s\n", text);
    }
  g_string_append_c (out, '\n');
}

static void
append_fact (GString    *out,
             const char *name,
             const char *value)
{
  g_autofree char *escaped = value ? escape (value) : NULL;

  if (escaped && *escaped)
    g_string_append_printf (out, "- %s: %s\n", name, escaped);
}

/* Objects in objects are opened: what people set stands below "settings". */
static void
append_members (GString        *out,
                const HoneJson *settings)
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
          append_members (out, member);
          continue;
        }
      if (hone_json_get_type_of (member) == HONE_JSON_STRING)
        g_string_append (value, hone_json_get_string (member));
      else
        hone_json_print (member, value);
      append_fact (out, name, value->str);
    }
}

static void
append_settings (GString    *out,
                 const char *json)
{
  HoneJson *settings = hone_json_parse (json, -1, NULL);

  append_members (out, settings);
  g_clear_pointer (&settings, hone_json_free);
}

static void
append_facts (GString                   *out,
              const HoneReportIteration *item)
{
  g_autofree char *created = hone_report_format_time (item->created);
  g_autofree char *trained = g_strdup_printf (ngettext ("%lu label", "%lu labels", (unsigned long) item->n_trained),
                                              (unsigned long) item->n_trained);

  append_fact (out, _("What it is"), item->description);
  append_fact (out, _("Made"), created);
  append_fact (out, _("Provider"), item->provider);
  append_fact (out, _("Method"), item->method);
  append_fact (out, _("Base model"), item->base);
  append_fact (out, _("Goes on from"), item->parent);
  if (item->n_trained > 0)
    append_fact (out, _("Training list"), trained);
  if (item->n_pseudo > 0)
    {
      g_autofree char *pseudo = g_strdup_printf ("%" G_GUINT64_FORMAT, item->n_pseudo);

      append_fact (out, _("Pseudo-labels (self-training)"), pseudo);
    }
  if (item->seconds > 0)
    {
      char number[G_ASCII_DTOSTR_BUF_SIZE];

      append_fact (out, _("Seconds of training"), g_ascii_formatd (number, sizeof number, "%.1f", item->seconds));
    }
  append_fact (out, _("Model"), item->model);
  append_fact (out, _("Template"), item->template_hash);
  append_settings (out, item->settings);
  g_string_append_c (out, '\n');
}

static void
append_measures (GString          *out,
                 const HoneScores *scores)
{
  Table *table = table_new (1);
  g_autofree char *left_out = hone_report_format_left_out (&scores->left_out);

  g_string_append_printf (out, "n = %" G_GUINT64_FORMAT ". ", scores->n);
  if (left_out)
    g_string_append_printf (out, _("Left out: %s."), left_out);
  else
    g_string_append (out, _("Nothing was left out."));
  g_string_append (out, "\n\n");
  table_add (table, _("Measure"));
  table_add (table, _("Value (95 %)"));
  table_end_header (table);
  for (int measure = 0; measure < HONE_N_MEASURES; measure++)
    {
      if (!isfinite (scores->measures[measure].value) && measure >= HONE_MEASURE_LOG_LOSS)
        continue;
      table_add (table, hone_measure_get_name (measure));
      table_take (table, hone_report_format_estimate (measure, &scores->measures[measure]));
    }
  table_add (table, _("Accuracy by chance"));
  table_take (table, hone_report_format_share (scores->chance.value));
  table_add (table, _("Accuracy of the commonest category"));
  table_take (table, hone_report_format_estimate (HONE_MEASURE_ACCURACY, &scores->majority));
  table_finish (table, out);
}

static void
append_classes (GString            *out,
                const HoneScores   *scores,
                const HoneOntology *ontology)
{
  Table *table = table_new (1);

  table_add (table, _("Category"));
  table_add (table, "n");
  table_add (table, _("Precision"));
  table_add (table, _("Recall"));
  table_add (table, "F1");
  table_add (table, "IoU");
  table_end_header (table);
  for (gsize i = 0; i < scores->n_classes; i++)
    {
      const HoneClassScore *class = &scores->classes[i];
      const HoneCategory *category = hone_ontology_get_by_id (ontology, class->category);

      if (category == NULL)
        continue;
      table_add (table, category->name);
      table_count (table, class->support);
      table_take (table, hone_report_format_share (class->precision));
      table_take (table, hone_report_format_share (class->recall));
      table_take (table, hone_report_format_share (class->f1));
      table_take (table, hone_report_format_share (class->iou));
    }
  table_finish (table, out);
}

static void
append_confusion (GString             *out,
                  const HoneConfusion *confusion)
{
  Table *table;

  if (confusion->n_rows > MAX_MATRIX)
    {
      g_string_append (out, _("The confusion matrix is too wide for a table; the JSON report holds it."));
      g_string_append (out, "\n\n");
      return;
    }
  g_string_append (out, _("Rows: the labels. Columns: what the model answered."));
  g_string_append (out, "\n\n");
  table = table_new (1);
  table_add (table, "");
  for (gsize column = 0; column < confusion->n_columns; column++)
    table_add (table, confusion->columns[column]);
  table_end_header (table);
  for (gsize row = 0; row < confusion->n_rows; row++)
    {
      table_add (table, confusion->rows[row]);
      for (gsize column = 0; column < confusion->n_columns; column++)
        {
          guint64 count = confusion->counts[row * confusion->n_columns + column];

          if (count > 0 && row == column)
            table_take (table, g_strdup_printf ("**%" G_GUINT64_FORMAT "**", count));
          else if (count > 0)
            table_count (table, count);
          else
            table_add (table, "·");
        }
    }
  table_finish (table, out);
}

static void
append_iteration (GString          *out,
                  const HoneReport *self,
                  gsize             nth)
{
  const HoneReportIteration *item = hone_report_get_iteration (self, nth);
  g_autofree char *name = escape (item->name);

  g_string_append_printf (out, "## %s\n\n", name);
  append_facts (out, item);
  if (item->status == HONE_REPORT_NO_PREDICTIONS)
    g_string_append_printf (out, "%s\n\n", _("It has not been asked about this split."));
  else if (item->status == HONE_REPORT_NO_LABELS)
    g_string_append_printf (out, "%s\n\n", _("No text of this split that it answered has a label."));
  if (item->status != HONE_REPORT_SCORED)
    return;
  append_measures (out, item->scores);
  append_classes (out, item->scores, self->ontology);
  append_confusion (out, item->confusion);
}

static void
append_comparisons (GString          *out,
                    const HoneReport *self)
{
  Table *table;

  if (self->pairs->len == 0)
    return;
  g_string_append_printf (out, "## %s\n\n", _("Comparisons"));
  table = table_new (2);
  table_add (table, _("From"));
  table_add (table, _("To"));
  table_add (table, "n");
  table_add (table, _("Fixed"));
  table_add (table, _("Broken"));
  table_add (table, _("Still wrong"));
  table_add (table, _("Still right"));
  table_add (table, "McNemar");
  table_end_header (table);
  for (guint i = 0; i < self->pairs->len; i++)
    {
      const HoneReportPair *pair = &g_array_index (self->pairs, HoneReportPair, i);

      table_add (table, hone_report_get_iteration (self, pair->a)->name);
      table_add (table, hone_report_get_iteration (self, pair->b)->name);
      table_count (table, pair->n);
      table_count (table, pair->fixed);
      table_count (table, pair->broken);
      table_count (table, pair->still_wrong);
      table_count (table, pair->still_right);
      table_take (table, hone_report_format_mcnemar (pair->a_only, pair->b_only, pair->p));
    }
  table_finish (table, out);
}

/**
 * hone_report_to_markdown:
 * @self: a report with its project filled in
 *
 * Returns: (transfer full): the report as Markdown
 */
char *
hone_report_to_markdown (const HoneReport *self)
{
  GString *out = g_string_new (NULL);
  g_autofree char *project = escape (self->project);
  g_autofree char *created = hone_report_format_time (self->created);

  g_string_append_printf (out, "# %s: %s\n\n", _("Report"), project);
  g_string_append_printf (out, _("Written by Hone %s at %s. Scores are of the split “%s”. Seed %" G_GUINT64_FORMAT "."), PACKAGE_VERSION,
                          created ? created : "–", hone_split_to_string (self->split), self->seed);
  g_string_append (out, "\n\n");
  append_summary (out, self);
  append_caveats (out, self);
  append_data (out, self);
  append_ontology (out, self);
  for (guint i = 0; i < self->iterations->len; i++)
    append_iteration (out, self, i);
  append_comparisons (out, self);
  /* One newline at the end, as text files have it. */
  while (out->len > 1 && out->str[out->len - 2] == '\n')
    g_string_truncate (out, out->len - 1);
  return g_string_free (out, FALSE);
}
