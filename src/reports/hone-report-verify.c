/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Compares a stored JSON report with the same report made again, number by number, and says why they differ. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hone-report-json.h"
#include "hone-report-verify.h"
#include "hone-report-write.h"

/* Reports are small; whatever is larger is something else. */
#define MAX_BYTES (64 * 1024 * 1024)
/* The last digits of a logarithm may differ between math libraries. */
#define TOLERANCE 1e-12

/**
 * hone_report_stored_free:
 * @self: (transfer full): a stored report
 */
void
hone_report_stored_free (HoneReportStored *self)
{
  g_free (self->project_id);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_pointer (&self->pairs, g_array_unref);
  g_clear_pointer (&self->root, hone_json_free);
  g_free (self);
}

static char *
dup_iteration_name (const HoneJson *iteration)
{
  const char *experiment = hone_json_get_string (hone_json_get (iteration, "experiment"));
  double number = hone_json_get_number (hone_json_get (iteration, "iteration"));

  if (experiment == NULL || !(number >= 0 && number < G_MAXINT) || number != floor (number))
    return NULL;
  return g_strdup_printf ("%s@%d", experiment, (int) number);
}

static gsize
find_name (const HoneReportStored *self,
           const char             *name)
{
  for (guint i = 0; name && i < self->names->len; i++)
    if (strcmp (g_ptr_array_index (self->names, i), name) == 0)
      return i;
  return G_MAXSIZE;
}

static gboolean
read_members (HoneReportStored *self)
{
  const HoneJson *iterations = hone_json_get (self->root, "iterations"), *pairs = hone_json_get (self->root, "comparisons");
  const char *split = hone_json_get_string (hone_json_get (self->root, "split"));

  if (split == NULL || !hone_split_from_string (split, &self->split) || hone_json_get_type_of (iterations) != HONE_JSON_ARRAY)
    return FALSE;
  self->project_id = g_strdup (hone_json_get_string (hone_json_get_path (self->root, "project.id")));
  for (gsize i = 0; i < hone_json_get_size (iterations); i++)
    {
      char *name = dup_iteration_name (hone_json_get_nth (iterations, i));

      if (name == NULL)
        return FALSE;
      g_ptr_array_add (self->names, name);
    }
  for (gsize i = 0; i < hone_json_get_size (pairs); i++)
    {
      const HoneJson *item = hone_json_get_nth (pairs, i);
      HoneReportPair pair = { 0 };

      pair.a = find_name (self, hone_json_get_string (hone_json_get (item, "a")));
      pair.b = find_name (self, hone_json_get_string (hone_json_get (item, "b")));
      if (pair.a == G_MAXSIZE || pair.b == G_MAXSIZE || pair.a == pair.b)
        return FALSE;
      g_array_append_val (self->pairs, pair);
    }
  return TRUE;
}

static gboolean
load (const char  *path,
      char       **text,
      gsize       *length,
      GError     **error)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                                                 G_FILE_QUERY_INFO_NONE, NULL, error);

  if (info == NULL)
    return FALSE;
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR || g_file_info_get_size (info) > MAX_BYTES)
    {
      g_set_error (error, HONE_REPORT_ERROR, HONE_REPORT_ERROR_UNREADABLE, _("it is not a file of at most %d MiB"),
                   MAX_BYTES / 1024 / 1024);
      return FALSE;
    }
  return g_file_load_contents (file, NULL, text, length, NULL, error);
}

/**
 * hone_report_stored_read:
 * @path: a JSON report
 * @error: where to put %HONE_REPORT_ERROR_UNREADABLE
 *
 * Returns: (transfer full) (nullable): what it speaks of
 */
HoneReportStored *
hone_report_stored_read (const char  *path,
                         GError     **error)
{
  g_autoptr(HoneReportStored) self = g_new0 (HoneReportStored, 1);
  g_autoptr(GError) local = NULL;
  g_autofree char *text = NULL, *shown = g_filename_display_name (path);
  gsize length = 0;
  double version;

  self->names = g_ptr_array_new_with_free_func (g_free);
  self->pairs = g_array_new (FALSE, TRUE, sizeof (HoneReportPair));
  if (load (path, &text, &length, &local))
    self->root = hone_json_parse (text, length, &local);
  if (local)
    {
      g_set_error (error, HONE_REPORT_ERROR, HONE_REPORT_ERROR_UNREADABLE, _("The report “%s” cannot be read: %s"), shown,
                   local->message);
      return NULL;
    }
  version = hone_json_get_number (hone_json_get (self->root, "hone_report"));
  if (version > HONE_REPORT_VERSION)
    {
      g_set_error (error, HONE_REPORT_ERROR, HONE_REPORT_ERROR_UNREADABLE,
                   _("The report “%s” was written by a newer Hone (form %g, this one reads up to %d)"), shown, version,
                   HONE_REPORT_VERSION);
      return NULL;
    }
  if (version != HONE_REPORT_VERSION || !read_members (self))
    {
      g_set_error (error, HONE_REPORT_ERROR, HONE_REPORT_ERROR_UNREADABLE,
                   _("“%s” is not a JSON report of Hone with its iterations"), shown);
      return NULL;
    }
  return g_steal_pointer (&self);
}

/* ---- comparing ---- */

typedef struct {
  const HoneJson *stored, *fresh;   /* roots */
  GPtrArray      *differences;
  gboolean        labels_changed, ontology_changed, other_project, other_version;
} Comparison;

static void
difference_free (gpointer data)
{
  HoneReportDifference *self = data;

  g_free (self->path);
  g_free (self->stored);
  g_free (self->found);
  g_free (self->reason);
  g_free (self);
}

static char *
print_short (const HoneJson *value)
{
  GString *text;

  if (value == NULL)
    return g_strdup ("–");
  text = g_string_new (NULL);
  hone_json_print (value, text);
  if (g_utf8_strlen (text->str, -1) > 60)
    {
      g_string_truncate (text, g_utf8_offset_to_pointer (text->str, 59) - text->str);
      g_string_append (text, "…");
    }
  return g_string_free (text, FALSE);
}

static const char *
find_reason (const Comparison *self,
             const char       *path)
{
  if (self->other_project)
    return _("the report is about another project");
  if (g_str_has_prefix (path, "data."))
    return _("texts or labels were added, changed or taken back since the report");
  if (g_str_has_prefix (path, "ontology."))
    return _("the categories were changed since the report");
  if (strstr (path, ".left_out.missing") || strstr (path, ".left_out.failed") || g_str_has_suffix (path, ".status"))
    return _("the iteration was asked again or labels changed since the report");
  if (g_str_has_prefix (path, "iterations[") || g_str_has_prefix (path, "comparisons[") ||
      g_str_has_prefix (path, "caveats["))
    {
      if (self->labels_changed)
        return _("texts or labels were added, changed or taken back since the report");
      if (self->ontology_changed)
        return _("the categories were changed since the report");
      if (self->other_version)
        return _("the report was written by another version of Hone, or a label was changed for another or the report was edited");
      return _("a label was changed for another since the report, or the report was edited");
    }
  return _("the project was changed since the report, or the report was edited");
}

static void
add_difference (Comparison     *self,
                const char     *path,
                const HoneJson *stored,
                const HoneJson *fresh,
                const char     *reason)
{
  HoneReportDifference *difference = g_new0 (HoneReportDifference, 1);

  difference->path = g_strdup (path);
  difference->stored = print_short (stored);
  difference->found = print_short (fresh);
  difference->reason = g_strdup (reason ? reason : find_reason (self, path));
  g_ptr_array_add (self->differences, difference);
}

static gboolean
scalars_equal (const HoneJson *a,
               const HoneJson *b)
{
  double x, y;

  switch (hone_json_get_type_of (a))
    {
    case HONE_JSON_NUMBER:
      x = hone_json_get_number (a);
      y = hone_json_get_number (b);
      return x == y || fabs (x - y) <= TOLERANCE * MAX (fabs (x), fabs (y));
    case HONE_JSON_STRING:
      return strcmp (hone_json_get_string (a), hone_json_get_string (b)) == 0;
    case HONE_JSON_BOOLEAN:
      return hone_json_get_boolean (a) == hone_json_get_boolean (b);
    default:
      return TRUE;
    }
}

static void compare (Comparison *self, const char *path, const HoneJson *stored, const HoneJson *fresh);

static void
compare_members (Comparison     *self,
                 const char     *path,
                 const HoneJson *stored,
                 const HoneJson *fresh)
{
  for (gsize i = 0; i < hone_json_get_size (stored); i++)
    {
      const char *name = hone_json_get_name (stored, i);
      g_autofree char *deeper = *path ? g_strdup_printf ("%s.%s", path, name) : g_strdup (name);

      compare (self, deeper, hone_json_get_nth (stored, i), hone_json_get (fresh, name));
    }
  for (gsize i = 0; i < hone_json_get_size (fresh); i++)
    {
      const char *name = hone_json_get_name (fresh, i);
      g_autofree char *deeper = *path ? g_strdup_printf ("%s.%s", path, name) : g_strdup (name);

      if (hone_json_get (stored, name) == NULL)
        compare (self, deeper, NULL, hone_json_get_nth (fresh, i));
    }
}

static void
compare (Comparison     *self,
         const char     *path,
         const HoneJson *stored,
         const HoneJson *fresh)
{
  HoneJsonType type = hone_json_get_type_of (stored);

  if (stored == NULL || fresh == NULL || type != hone_json_get_type_of (fresh))
    {
      /* An absent member and a null say the same: not known. */
      if (!(type == HONE_JSON_NULL && hone_json_get_type_of (fresh) == HONE_JSON_NULL))
        add_difference (self, path, stored, fresh, NULL);
    }
  else if (type == HONE_JSON_OBJECT)
    {
      compare_members (self, path, stored, fresh);
    }
  else if (type == HONE_JSON_ARRAY)
    {
      for (gsize i = 0; i < MAX (hone_json_get_size (stored), hone_json_get_size (fresh)); i++)
        {
          g_autofree char *deeper = g_strdup_printf ("%s[%" G_GSIZE_FORMAT "]", path, i);

          compare (self, deeper, hone_json_get_nth (stored, i), hone_json_get_nth (fresh, i));
        }
    }
  else if (!scalars_equal (stored, fresh))
    {
      add_difference (self, path, stored, fresh, NULL);
    }
}

static char *
dup_pair_name (const HoneJson *pair)
{
  const char *a = hone_json_get_string (hone_json_get (pair, "a")), *b = hone_json_get_string (hone_json_get (pair, "b"));

  return a && b ? g_strdup_printf ("%s…%s", a, b) : NULL;
}

/* Lists whose elements have names: compared by name, so that one that is gone does not shift the others. */
static void
compare_named (Comparison  *self,
               const char  *member,
               char      *(*dup_name) (const HoneJson *),
               const char  *gone)
{
  const HoneJson *stored = hone_json_get (self->stored, member), *fresh = hone_json_get (self->fresh, member);

  for (gsize i = 0; i < hone_json_get_size (stored); i++)
    {
      const HoneJson *item = hone_json_get_nth (stored, i), *match = NULL;
      g_autofree char *name = dup_name (item);
      g_autofree char *path = g_strdup_printf ("%s[%s]", member, name ? name : "?");

      for (gsize k = 0; k < hone_json_get_size (fresh) && match == NULL; k++)
        {
          g_autofree char *other = dup_name (hone_json_get_nth (fresh, k));

          if (name && other && strcmp (name, other) == 0)
            match = hone_json_get_nth (fresh, k);
        }
      if (match)
        compare (self, path, item, match);
      else
        add_difference (self, path, NULL, NULL, self->other_project ? NULL : gone);
    }
}

static gboolean
differs (const Comparison *self,
         const char       *path)
{
  Comparison part = { .stored = self->stored, .fresh = self->fresh };
  gboolean any;

  part.differences = g_ptr_array_new_with_free_func (difference_free);
  compare (&part, path, hone_json_get_path (self->stored, path), hone_json_get_path (self->fresh, path));
  any = part.differences->len > 0;
  g_ptr_array_unref (part.differences);
  return any;
}

static void
compare_openings (Comparison *self)
{
  const HoneJson *stored = hone_json_get (self->stored, "openings"), *fresh = hone_json_get (self->fresh, "openings");

  /* Later openings are no contradiction; fewer than reported are. */
  if (!(hone_json_get_number (stored) <= hone_json_get_number (fresh)))
    add_difference (self, "openings", stored, fresh, _("openings of the test split were removed, or the report was edited"));
}

/* ---- caveats ---- */

static const char *
get_code (const HoneJson *caveat)
{
  const char *code = hone_json_get_string (hone_json_get (caveat, "code"));

  return code ? code : "?";
}

static char *
dup_caveat_name (const HoneJson *caveat)
{
  const HoneJson *iterations = hone_json_get (caveat, "iterations");
  const char *a = hone_json_get_string (hone_json_get_nth (iterations, 0)), *b = hone_json_get_string (hone_json_get_nth (iterations, 1));

  return g_strconcat (get_code (caveat), a ? " " : "", a ? a : "", b ? "…" : "", b ? b : "", NULL);
}

static gboolean
has_iteration (const HoneJson *root,
               const char     *name)
{
  const HoneJson *iterations = hone_json_get (root, "iterations");

  for (gsize i = 0; i < hone_json_get_size (iterations); i++)
    {
      g_autofree char *other = dup_iteration_name (hone_json_get_nth (iterations, i));

      if (other && strcmp (other, name) == 0)
        return TRUE;
    }
  return FALSE;
}

/* An iteration that is gone has been told of already; later openings of the test split are no contradiction. */
static gboolean
is_comparable (const HoneJson *root,
               const HoneJson *caveat)
{
  const HoneJson *iterations = hone_json_get (caveat, "iterations");

  if (strcmp (get_code (caveat), "test-opened") == 0)
    return FALSE;
  for (gsize i = 0; i < hone_json_get_size (iterations); i++)
    {
      const char *name = hone_json_get_string (hone_json_get_nth (iterations, i));

      if (name == NULL || !has_iteration (root, name))
        return FALSE;
    }
  return TRUE;
}

static const HoneJson *
find_caveat (const HoneJson *root,
             const char     *name)
{
  const HoneJson *caveats = hone_json_get (root, "caveats");

  for (gsize i = 0; i < hone_json_get_size (caveats); i++)
    {
      g_autofree char *other = dup_caveat_name (hone_json_get_nth (caveats, i));

      if (strcmp (other, name) == 0)
        return hone_json_get_nth (caveats, i);
    }
  return NULL;
}

/* What each caveat speaks of and its numbers; not its sentence, which may be of another language. */
static void
compare_caveats (Comparison *self)
{
  const HoneJson *stored = hone_json_get (self->stored, "caveats"), *fresh = hone_json_get (self->fresh, "caveats");

  for (gsize i = 0; i < hone_json_get_size (stored); i++)
    {
      const HoneJson *item = hone_json_get_nth (stored, i);
      g_autofree char *name = dup_caveat_name (item), *path = g_strdup_printf ("caveats[%s]", name);
      const HoneJson *match = find_caveat (self->fresh, name);

      if (!is_comparable (self->fresh, item))
        continue;
      if (match)
        {
          g_autofree char *facts = g_strdup_printf ("%s.facts", path);

          compare (self, facts, hone_json_get (item, "facts"), hone_json_get (match, "facts"));
        }
      else if (!self->other_version)
        {
          add_difference (self, path, item, NULL, NULL);
        }
    }
  /* Another version may know of more to warn of. */
  for (gsize i = 0; !self->other_version && i < hone_json_get_size (fresh); i++)
    {
      const HoneJson *item = hone_json_get_nth (fresh, i);
      g_autofree char *name = dup_caveat_name (item), *path = g_strdup_printf ("caveats[%s]", name);

      if (is_comparable (self->stored, item) && find_caveat (self->stored, name) == NULL)
        add_difference (self, path, NULL, item, NULL);
    }
}

/**
 * hone_report_verify:
 * @stored: a stored report
 * @fresh: the same report, made again from the project
 *
 * Compares every number and word of data, categories, iterations and comparisons, and what the caveats speak of with their numbers. Not
 * compared: the times of writing, the sentences of the caveats, and the file name of the project.
 *
 * Returns: (transfer full) (element-type HoneReportDifference): what differs and why; empty where all is equal
 */
GPtrArray *
hone_report_verify (const HoneReportStored *stored,
                    const HoneReport       *fresh)
{
  g_autofree char *text = hone_report_to_json (fresh);
  HoneJson *root = hone_json_parse (text, -1, NULL);
  Comparison self = { .stored = stored->root, .fresh = root };

  g_assert (root != NULL);
  self.differences = g_ptr_array_new_with_free_func (difference_free);
  self.other_project = differs (&self, "project.id");
  self.other_version = differs (&self, "hone");
  self.ontology_changed = differs (&self, "ontology");
  self.labels_changed = differs (&self, "data");

  compare (&self, "project.id", hone_json_get_path (self.stored, "project.id"), hone_json_get_path (root, "project.id"));
  compare (&self, "project.seed", hone_json_get_path (self.stored, "project.seed"), hone_json_get_path (root, "project.seed"));
  compare (&self, "ontology", hone_json_get (self.stored, "ontology"), hone_json_get (root, "ontology"));
  compare (&self, "data", hone_json_get (self.stored, "data"), hone_json_get (root, "data"));
  compare_named (&self, "iterations", dup_iteration_name, _("the iteration is no longer in the project"));
  compare_named (&self, "comparisons", dup_pair_name, _("one of the iterations is no longer in the project or has no scores any more"));
  compare_openings (&self);
  compare_caveats (&self);
  hone_json_free (root);
  return self.differences;
}
