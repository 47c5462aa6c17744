/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a report says, as a plain struct. */
#include "config.h"

#include <string.h>

#include "formats/hone-json.h"
#include "hone-report.h"

/* A set of settings nests once or twice; what nests deeper is not ours and need not be shown. */
#define MAX_SETTINGS_DEPTH 16

static void
iteration_free (gpointer data)
{
  HoneReportIteration *self = data;

  g_free (self->name);
  g_free (self->experiment);
  g_free (self->provider);
  g_free (self->method);
  g_free (self->base);
  g_free (self->settings);
  g_free (self->model);
  g_free (self->template_hash);
  g_free (self->description);
  g_free (self->parent);
  g_clear_pointer (&self->scores, hone_scores_free);
  g_clear_pointer (&self->confusion, hone_confusion_free);
  g_free (self);
}

static void
caveat_free (gpointer data)
{
  HoneReportCaveat *self = data;

  g_free (self->text);
  g_free (self->a);
  g_free (self->b);
  g_array_unref (self->facts);
  g_free (self);
}

/**
 * hone_report_new:
 * @split: the split that the scores speak of
 *
 * Returns: (transfer full): a report that says nothing yet
 */
HoneReport *
hone_report_new (HoneSplit split)
{
  HoneReport *self = g_new0 (HoneReport, 1);

  self->split = split;
  self->sections = HONE_REPORT_ALL_SECTIONS;
  self->created = g_get_real_time ();
  self->iterations = g_ptr_array_new_with_free_func (iteration_free);
  self->pairs = g_array_new (FALSE, TRUE, sizeof (HoneReportPair));
  self->caveats = g_ptr_array_new_with_free_func (caveat_free);
  return self;
}

/**
 * hone_report_free:
 * @self: (transfer full): a report
 */
void
hone_report_free (HoneReport *self)
{
  g_free (self->project);
  g_free (self->project_id);
  g_free (self->template_hash);
  g_clear_pointer (&self->ontology, hone_ontology_unref);
  for (int split = 0; split < HONE_N_SPLITS; split++)
    g_free (self->splits[split].per_category);
  g_ptr_array_unref (self->iterations);
  g_array_unref (self->pairs);
  g_ptr_array_unref (self->caveats);
  g_free (self);
}

/* ---- what nobody else should read ---- */

static gboolean
is_secret (const char *name)
{
  static const char * const words[] = { "key", "token", "secret", "password", "passwd", "authorization", "credential" };
  g_autofree char *lower = name ? g_ascii_strdown (name, -1) : NULL;

  for (gsize i = 0; lower && i < G_N_ELEMENTS (words); i++)
    if (strstr (lower, words[i]))
      return TRUE;
  return FALSE;
}

/**
 * hone_report_redact_path:
 * @path: any text, perhaps with paths in it
 *
 * Returns: (transfer full): the text with `~` for the user's home folder
 */
char *
hone_report_redact_path (const char *path)
{
  const char *home = g_get_home_dir ();
  gsize length = home ? strlen (home) : 0;
  GString *text;
  const char *at, *found;

  while (length > 1 && home[length - 1] == '/')
    length--;
  if (length < 2)
    return g_strdup (path);

  text = g_string_new (NULL);
  for (at = path; (found = g_strstr_len (at, -1, home)); at = found + length)
    {
      char after = found[length];

      g_string_append_len (text, at, found - at);
      if (after == '\0' || !(g_ascii_isalnum (after) || after == '_' || after == '-' || after == '.'))
        g_string_append_c (text, '~');
      else
        g_string_append_len (text, found, length);
    }
  g_string_append (text, at);
  return g_string_free (text, FALSE);
}

static void
print_redacted (const HoneJson *value,
                const char     *name,
                guint           depth,
                GString        *out)
{
  HoneJsonType type = hone_json_get_type_of (value);
  g_autofree char *path = NULL;

  /* "max_tokens": 20 is no secret; a text or a list under such a name may be one. */
  if (depth > MAX_SETTINGS_DEPTH || (is_secret (name) && type >= HONE_JSON_STRING))
    {
      hone_json_print_string (out, "…");
      return;
    }
  switch (type)
    {
    case HONE_JSON_STRING:
      path = hone_report_redact_path (hone_json_get_string (value));
      hone_json_print_string (out, path);
      break;
    case HONE_JSON_ARRAY:
    case HONE_JSON_OBJECT:
      g_string_append_c (out, type == HONE_JSON_ARRAY ? '[' : '{');
      for (gsize i = 0; i < hone_json_get_size (value); i++)
        {
          const char *member = type == HONE_JSON_OBJECT ? hone_json_get_name (value, i) : NULL;

          if (i > 0)
            g_string_append (out, ", ");
          if (member)
            {
              hone_json_print_string (out, member);
              g_string_append (out, ": ");
            }
          print_redacted (hone_json_get_nth (value, i), member ? member : name, depth + 1, out);
        }
      g_string_append_c (out, type == HONE_JSON_ARRAY ? ']' : '}');
      break;
    default:
      hone_json_print (value, out);
      break;
    }
}

/**
 * hone_report_redact_settings:
 * @json: (nullable): a JSON object
 *
 * Settings as others may read them: values of members that sound secret become “…”, the user's home folder becomes `~`.
 *
 * Returns: (transfer full): a JSON object; `{}` where @json is none
 */
char *
hone_report_redact_settings (const char *json)
{
  HoneJson *root = json ? hone_json_parse (json, -1, NULL) : NULL;
  GString *out;

  if (hone_json_get_type_of (root) != HONE_JSON_OBJECT)
    {
      g_clear_pointer (&root, hone_json_free);
      return g_strdup ("{}");
    }
  out = g_string_new (NULL);
  print_redacted (root, NULL, 0, out);
  hone_json_free (root);
  return g_string_free (out, FALSE);
}

/* ---- iterations and pairs ---- */

static HoneScores *
copy_scores (const HoneScores *scores)
{
  HoneScores *copy = g_memdup2 (scores, sizeof *scores);

  copy->classes = g_memdup2 (scores->classes, scores->n_classes * sizeof *scores->classes);
  return copy;
}

static HoneConfusion *
copy_confusion (const HoneConfusion *confusion)
{
  HoneConfusion *copy = g_memdup2 (confusion, sizeof *confusion);

  copy->rows = g_strdupv (confusion->rows);
  copy->columns = g_strdupv (confusion->columns);
  copy->counts = g_memdup2 (confusion->counts, confusion->n_rows * confusion->n_columns * sizeof *confusion->counts);
  return copy;
}

/**
 * hone_report_add_iteration:
 * @self: a report
 * @experiment: the experiment of @iteration
 * @iteration: an iteration
 * @parent: (nullable): the iteration that @iteration was trained on top of
 * @status: whether there are scores, or why not
 * @scores: (nullable): with %HONE_REPORT_SCORED
 * @confusion: (nullable): with %HONE_REPORT_SCORED
 *
 * Iterations are shown in the order in which they are added. Secrets and the path of the user's home are left out.
 *
 * Returns: (transfer none): what was added
 */
HoneReportIteration *
hone_report_add_iteration (HoneReport           *self,
                           const HoneExperiment *experiment,
                           const HoneIteration  *iteration,
                           const HoneIteration  *parent,
                           HoneReportStatus      status,
                           const HoneScores     *scores,
                           const HoneConfusion  *confusion)
{
  HoneReportIteration *item;

  g_return_val_if_fail (self && experiment && iteration, NULL);
  g_return_val_if_fail (status != HONE_REPORT_SCORED || (scores && confusion), NULL);

  item = g_new0 (HoneReportIteration, 1);
  item->name = g_strdup_printf ("%s@%d", experiment->name, iteration->number);
  item->experiment = g_strdup (experiment->name);
  item->number = iteration->number;
  item->provider = g_strdup (experiment->provider);
  item->method = g_strdup (experiment->method);
  item->base = experiment->base ? hone_report_redact_path (experiment->base) : NULL;
  item->settings = hone_report_redact_settings (iteration->settings);
  item->model = g_strdup (iteration->model);
  item->template_hash = g_strdup (iteration->template_hash);
  item->description = iteration->description ? hone_report_redact_path (iteration->description) : NULL;
  item->parent = parent ? g_strdup_printf ("%s@%d", parent->experiment ? parent->experiment : experiment->name, parent->number) : NULL;
  item->ontology_version = iteration->ontology_version;
  item->created = iteration->created;
  item->seconds = iteration->seconds;
  item->n_trained = iteration->n_trained;
  item->n_pseudo = iteration->n_pseudo;
  item->status = status;
  if (status == HONE_REPORT_SCORED)
    {
      item->scores = copy_scores (scores);
      item->confusion = copy_confusion (confusion);
    }
  g_ptr_array_add (self->iterations, item);
  return item;
}

/**
 * hone_report_add_pair:
 * @self: a report
 * @pair: a comparison of two iterations that were added
 */
void
hone_report_add_pair (HoneReport           *self,
                      const HoneReportPair *pair)
{
  g_return_if_fail (pair->a < self->iterations->len && pair->b < self->iterations->len);

  g_array_append_vals (self->pairs, pair, 1);
}

/**
 * hone_report_get_iteration:
 * @self: a report
 * @nth: position, below the number of iterations
 *
 * Returns: (transfer none): the iteration
 */
HoneReportIteration *
hone_report_get_iteration (const HoneReport *self,
                           gsize             nth)
{
  return g_ptr_array_index (self->iterations, nth);
}

/**
 * hone_report_find_pair:
 * @self: a report
 * @a: position of an iteration
 * @b: position of another
 *
 * Returns: (transfer none) (nullable): their comparison
 */
const HoneReportPair *
hone_report_find_pair (const HoneReport *self,
                       gsize             a,
                       gsize             b)
{
  for (guint i = 0; i < self->pairs->len; i++)
    {
      const HoneReportPair *pair = &g_array_index (self->pairs, HoneReportPair, i);

      if (pair->a == a && pair->b == b)
        return pair;
    }
  return NULL;
}

/**
 * hone_report_get_previous:
 * @self: a report
 * @nth: position of an iteration
 *
 * Returns: the position of the scored iteration of the same experiment with the greatest number below that of @nth,
 *   or %G_MAXSIZE
 */
gsize
hone_report_get_previous (const HoneReport *self,
                          gsize             nth)
{
  const HoneReportIteration *item = hone_report_get_iteration (self, nth), *best = NULL;
  gsize found = G_MAXSIZE;

  for (gsize i = 0; i < self->iterations->len; i++)
    {
      const HoneReportIteration *other = hone_report_get_iteration (self, i);

      if (other->status == HONE_REPORT_SCORED && other->number < item->number && strcmp (other->experiment, item->experiment) == 0 &&
          (best == NULL || other->number > best->number))
        {
          best = other;
          found = i;
        }
    }
  return found;
}

/**
 * hone_report_list_measures:
 * @self: a report with its ontology
 * @n: (out): how many
 *
 * Returns: (transfer none) (array length=n): the measures of the summary; the first is the one that stands for the whole
 */
const HoneMeasure *
hone_report_list_measures (const HoneReport *self,
                           gsize            *n)
{
  static const HoneMeasure one[] = { HONE_MEASURE_IOU_SCORE, HONE_MEASURE_ACCURACY, HONE_MEASURE_MEAN_IOU, HONE_MEASURE_MACRO_F1,
                                     HONE_MEASURE_KAPPA };
  static const HoneMeasure several[] = { HONE_MEASURE_MEAN_JACCARD, HONE_MEASURE_IOU_SCORE, HONE_MEASURE_ACCURACY,
                                         HONE_MEASURE_MACRO_F1, HONE_MEASURE_KAPPA };

  *n = G_N_ELEMENTS (one);
  return hone_ontology_get_choice (self->ontology) == HONE_CHOICE_ONE ? one : several;
}
