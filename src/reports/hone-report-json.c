/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reports and scores as JSON: complete, so that hone_report_verify () can recompute every number. */
#include "config.h"

#include "formats/hone-json.h"
#include "hone-report-json.h"
#include "hone-report-text.h"

/**
 * hone_report_print_estimate:
 * @out: a document with an open object
 * @name: member name
 * @estimate: value and interval; what is undefined becomes null
 */
void
hone_report_print_estimate (HoneJsonOut        *out,
                            const char         *name,
                            const HoneEstimate *estimate)
{
  hone_json_out_object (out, name, TRUE);
  hone_json_out_number (out, "value", estimate->value);
  hone_json_out_number (out, "low", estimate->low);
  hone_json_out_number (out, "high", estimate->high);
  hone_json_out_end (out);
}

static void
print_classes (HoneJsonOut        *out,
               const HoneScores   *scores,
               const HoneOntology *ontology)
{
  hone_json_out_object (out, "per_class", FALSE);
  for (gsize i = 0; i < scores->n_classes; i++)
    {
      const HoneClassScore *class = &scores->classes[i];
      const HoneCategory *category = hone_ontology_get_by_id (ontology, class->category);

      if (category == NULL)
        continue;
      hone_json_out_object (out, category->key, TRUE);
      hone_json_out_number (out, "precision", class->precision);
      hone_json_out_number (out, "recall", class->recall);
      hone_json_out_number (out, "f1", class->f1);
      hone_json_out_number (out, "iou", class->iou);
      hone_json_out_count (out, "support", class->support);
      hone_json_out_count (out, "true_positive", class->true_positive);
      hone_json_out_count (out, "false_positive", class->false_positive);
      hone_json_out_count (out, "false_negative", class->false_negative);
      hone_json_out_end (out);
    }
  hone_json_out_end (out);
}

static void
print_names (HoneJsonOut  *out,
             const char   *name,
             char        **names)
{
  hone_json_out_list (out, name, TRUE);
  for (gsize i = 0; names[i]; i++)
    hone_json_out_string (out, NULL, names[i]);
  hone_json_out_end (out);
}

static void
print_confusion (HoneJsonOut         *out,
                 const HoneConfusion *confusion)
{
  hone_json_out_object (out, "confusion", FALSE);
  print_names (out, "labels", confusion->rows);
  print_names (out, "columns", confusion->columns);
  hone_json_out_list (out, "counts", FALSE);
  for (gsize row = 0; row < confusion->n_rows; row++)
    {
      hone_json_out_list (out, NULL, TRUE);
      for (gsize column = 0; column < confusion->n_columns; column++)
        hone_json_out_count (out, NULL, confusion->counts[row * confusion->n_columns + column]);
      hone_json_out_end (out);
    }
  hone_json_out_end (out);
  hone_json_out_end (out);
}

/**
 * hone_report_print_scores:
 * @out: a document with an open object
 * @scores: what to write
 * @confusion: (nullable): the matrix
 * @ontology: for the keys of the classes
 *
 * Writes the members of design section 8: `n`, `left_out`, each measure by its key, `chance`, `majority`, `per_class`, `confusion`.
 */
void
hone_report_print_scores (HoneJsonOut         *out,
                          const HoneScores    *scores,
                          const HoneConfusion *confusion,
                          const HoneOntology  *ontology)
{
  hone_json_out_count (out, "n", scores->n);
  hone_json_out_object (out, "left_out", TRUE);
  for (gsize i = 0; i < HONE_REPORT_N_REASONS; i++)
    hone_json_out_count (out, hone_report_reason_key (i), hone_report_reason_count (&scores->left_out, i));
  hone_json_out_end (out);
  for (int measure = 0; measure < HONE_N_MEASURES; measure++)
    hone_report_print_estimate (out, hone_measure_get_key (measure), &scores->measures[measure]);
  hone_report_print_estimate (out, "chance", &scores->chance);
  hone_report_print_estimate (out, "majority", &scores->majority);
  print_classes (out, scores, ontology);
  if (confusion)
    print_confusion (out, confusion);
}

/**
 * hone_report_print_pair:
 * @out: a document with an open object
 * @a: name of the first iteration
 * @b: name of the second
 * @pair: their comparison
 */
void
hone_report_print_pair (HoneJsonOut          *out,
                        const char           *a,
                        const char           *b,
                        const HoneReportPair *pair)
{
  hone_json_out_string (out, "a", a);
  hone_json_out_string (out, "b", b);
  hone_json_out_count (out, "n", pair->n);
  hone_json_out_count (out, "a_only", pair->a_only);
  hone_json_out_count (out, "b_only", pair->b_only);
  hone_json_out_number (out, "p", pair->p);
  hone_json_out_count (out, "fixed", pair->fixed);
  hone_json_out_count (out, "broken", pair->broken);
  hone_json_out_count (out, "still_wrong", pair->still_wrong);
  hone_json_out_count (out, "still_right", pair->still_right);
}

/* ---- the whole report ---- */

static void
print_ontology (HoneJsonOut      *out,
                const HoneReport *self)
{
  g_autofree char *hash = hone_ontology_dup_hash (self->ontology);

  hone_json_out_object (out, "ontology", FALSE);
  hone_json_out_integer (out, "version", self->ontology_version);
  hone_json_out_string (out, "choice", hone_choice_to_string (hone_ontology_get_choice (self->ontology)));
  hone_json_out_string (out, "instruction", hone_ontology_get_instruction (self->ontology));
  hone_json_out_string (out, "hash", hash);
  hone_json_out_list (out, "categories", FALSE);
  for (gsize i = 0; i < hone_ontology_get_size (self->ontology); i++)
    {
      const HoneCategory *category = hone_ontology_get_nth (self->ontology, i);

      hone_json_out_object (out, NULL, TRUE);
      hone_json_out_string (out, "key", category->key);
      hone_json_out_string (out, "name", category->name);
      if (category->definition)
        hone_json_out_string (out, "definition", category->definition);
      hone_json_out_end (out);
    }
  hone_json_out_end (out);
  hone_json_out_end (out);
}

static void
print_data (HoneJsonOut      *out,
            const HoneReport *self)
{
  hone_json_out_object (out, "data", FALSE);
  for (int split = 0; split < HONE_N_SPLITS; split++)
    {
      const HoneReportSplit *data = &self->splits[split];

      hone_json_out_object (out, hone_split_to_string (split), FALSE);
      hone_json_out_count (out, "examples", data->counts.examples);
      hone_json_out_count (out, "labelled", data->counts.labelled);
      hone_json_out_count (out, "unlabelled", data->counts.unlabelled);
      hone_json_out_count (out, "disputed", data->counts.disputed);
      hone_json_out_count (out, "known", data->counts.known);
      hone_json_out_object (out, "categories", FALSE);
      for (gsize i = 0; data->per_category && i < hone_ontology_get_size (self->ontology); i++)
        hone_json_out_count (out, hone_ontology_get_nth (self->ontology, i)->key, data->per_category[i]);
      hone_json_out_end (out);
      hone_json_out_end (out);
    }
  hone_json_out_end (out);
}

static void
print_value (HoneJsonOut    *out,
             const char     *name,
             const HoneJson *value)
{
  switch (hone_json_get_type_of (value))
    {
    case HONE_JSON_BOOLEAN:
      hone_json_out_boolean (out, name, hone_json_get_boolean (value));
      break;
    case HONE_JSON_NUMBER:
      hone_json_out_number (out, name, hone_json_get_number (value));
      break;
    case HONE_JSON_STRING:
      hone_json_out_string (out, name, hone_json_get_string (value));
      break;
    case HONE_JSON_ARRAY:
      hone_json_out_list (out, name, TRUE);
      for (gsize i = 0; i < hone_json_get_size (value); i++)
        print_value (out, NULL, hone_json_get_nth (value, i));
      hone_json_out_end (out);
      break;
    case HONE_JSON_OBJECT:
      hone_json_out_object (out, name, TRUE);
      for (gsize i = 0; i < hone_json_get_size (value); i++)
        print_value (out, hone_json_get_name (value, i), hone_json_get_nth (value, i));
      hone_json_out_end (out);
      break;
    case HONE_JSON_NULL:
    default:
      hone_json_out_string (out, name, NULL);
      break;
    }
}

static const char *
status_key (HoneReportStatus status)
{
  return status == HONE_REPORT_SCORED ? "scored" : status == HONE_REPORT_NO_LABELS ? "no-labels" : "no-predictions";
}

static void
print_iteration (HoneJsonOut               *out,
                 const HoneReport          *self,
                 const HoneReportIteration *item)
{
  g_autofree char *created = hone_report_format_time (item->created);
  HoneJson *settings = hone_json_parse (item->settings, -1, NULL);

  hone_json_out_object (out, NULL, FALSE);
  hone_json_out_string (out, "experiment", item->experiment);
  hone_json_out_integer (out, "iteration", item->number);
  hone_json_out_string (out, "created", created);
  hone_json_out_string (out, "provider", item->provider);
  hone_json_out_string (out, "method", item->method);
  hone_json_out_string (out, "base", item->base);
  print_value (out, "settings", settings);
  hone_json_out_string (out, "model", item->model);
  hone_json_out_string (out, "template", item->template_hash);
  hone_json_out_integer (out, "ontology_version", item->ontology_version);
  hone_json_out_string (out, "parent", item->parent);
  hone_json_out_string (out, "description", item->description);
  hone_json_out_object (out, "trained", TRUE);
  hone_json_out_count (out, "labels", item->n_trained);
  hone_json_out_count (out, "pseudo", item->n_pseudo);
  hone_json_out_number (out, "seconds", item->seconds);
  hone_json_out_end (out);
  hone_json_out_string (out, "status", status_key (item->status));
  if (item->status == HONE_REPORT_SCORED)
    hone_report_print_scores (out, item->scores, item->confusion, self->ontology);
  hone_json_out_end (out);
  g_clear_pointer (&settings, hone_json_free);
}

static void
print_caveat (HoneJsonOut            *out,
              const HoneReportCaveat *caveat)
{
  hone_json_out_object (out, NULL, TRUE);
  hone_json_out_string (out, "code", caveat->code);
  hone_json_out_list (out, "iterations", TRUE);
  if (caveat->a)
    hone_json_out_string (out, NULL, caveat->a);
  if (caveat->b)
    hone_json_out_string (out, NULL, caveat->b);
  hone_json_out_end (out);
  hone_json_out_object (out, "facts", TRUE);
  for (guint i = 0; i < caveat->facts->len; i++)
    {
      const HoneReportFact *fact = &g_array_index (caveat->facts, HoneReportFact, i);

      hone_json_out_number (out, fact->name, fact->value);
    }
  hone_json_out_end (out);
  hone_json_out_string (out, "text", caveat->text);
  hone_json_out_end (out);
}

/**
 * hone_report_to_json:
 * @self: a report with its project filled in
 *
 * Returns: (transfer full): the report as one JSON object
 */
char *
hone_report_to_json (const HoneReport *self)
{
  HoneJsonOut *out = hone_json_out_new ();
  g_autofree char *created = hone_report_format_time (self->created);

  hone_json_out_object (out, NULL, FALSE);
  hone_json_out_integer (out, "hone_report", HONE_REPORT_VERSION);
  hone_json_out_string (out, "hone", PACKAGE_VERSION);
  hone_json_out_string (out, "created", created);
  hone_json_out_object (out, "project", TRUE);
  hone_json_out_string (out, "name", self->project);
  hone_json_out_string (out, "id", self->project_id);
  hone_json_out_count (out, "seed", self->seed);
  hone_json_out_string (out, "template", self->template_hash);
  hone_json_out_end (out);
  hone_json_out_string (out, "split", hone_split_to_string (self->split));
  print_ontology (out, self);
  print_data (out, self);
  hone_json_out_list (out, "iterations", FALSE);
  for (guint i = 0; i < self->iterations->len; i++)
    print_iteration (out, self, hone_report_get_iteration (self, i));
  hone_json_out_end (out);
  hone_json_out_list (out, "comparisons", FALSE);
  for (guint i = 0; i < self->pairs->len; i++)
    {
      const HoneReportPair *pair = &g_array_index (self->pairs, HoneReportPair, i);

      hone_json_out_object (out, NULL, TRUE);
      hone_report_print_pair (out, hone_report_get_iteration (self, pair->a)->name, hone_report_get_iteration (self, pair->b)->name,
                              pair);
      hone_json_out_end (out);
    }
  hone_json_out_end (out);
  hone_json_out_count (out, "openings", self->openings);
  hone_json_out_list (out, "caveats", FALSE);
  for (guint i = 0; i < self->caveats->len; i++)
    print_caveat (out, g_ptr_array_index (self->caveats, i));
  hone_json_out_end (out);
  hone_json_out_end (out);
  return hone_json_out_finish (out);
}
