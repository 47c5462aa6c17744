/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of the settings that iterations were made with differ. */
#include "config.h"

#include <string.h>

#include "formats/hone-json.h"
#include "hone-compare.h"
#include "hone-report.h"

#define ABSENT "–"

/**
 * hone_setting_difference_free:
 * @self: (transfer full): a difference
 */
void
hone_setting_difference_free (HoneSettingDifference *self)
{
  g_free (self->name);
  g_strfreev (self->values);
  g_free (self);
}

/* A row of values, one per iteration, in the order in which the names came first. */
typedef struct {
  GPtrArray  *rows;          /* of HoneSettingDifference */
  GHashTable *by_name;
  gsize       n_iterations;
} Table;

static void
put (Table      *self,
     gsize       iteration,
     const char *name,
     const char *value)
{
  HoneSettingDifference *row = g_hash_table_lookup (self->by_name, name);

  if (value == NULL)
    return;
  if (row == NULL)
    {
      row = g_new0 (HoneSettingDifference, 1);
      row->name = g_strdup (name);
      row->values = g_new0 (char *, self->n_iterations + 1);
      for (gsize i = 0; i < self->n_iterations; i++)
        row->values[i] = g_strdup (ABSENT);
      g_ptr_array_add (self->rows, row);
      g_hash_table_insert (self->by_name, row->name, row);
    }
  g_free (row->values[iteration]);
  row->values[iteration] = g_strdup (value);
}

static void
put_count (Table      *self,
           gsize       iteration,
           const char *name,
           guint64     value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, value);

  put (self, iteration, name, text);
}

static void
put_json (Table          *self,
          gsize           iteration,
          const HoneJson *value,
          const char     *name)
{
  g_autoptr(GString) compact = NULL;
  g_autofree char *text = hone_json_dup_text (value);

  if (text == NULL && hone_json_get_type_of (value) >= HONE_JSON_ARRAY)
    {
      compact = g_string_new (NULL);
      hone_json_print (value, compact);
    }
  put (self, iteration, name, compact != NULL ? compact->str : text);
}

static void
put_all (Table               *self,
         gsize                at,
         const HoneIteration *iteration)
{
  static const char * const names[] = { "baseline", "trainer", "method", "base", "seed", "minutes" };
  g_autofree char *redacted = hone_report_redact_settings (iteration->settings);
  g_autoptr(HoneJson) object = hone_json_parse (redacted, -1, NULL);
  HoneJson *settings = hone_json_get (object, "settings");

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    put_json (self, at, hone_json_get (object, names[i]), names[i]);
  for (gsize i = 0; i < hone_json_get_size (settings); i++)
    put_json (self, at, hone_json_get_nth (settings, i), hone_json_get_name (settings, i));
  put (self, at, "template", iteration->template_hash);
  put_count (self, at, "ontology", iteration->ontology_version);
  put_count (self, at, "labels", iteration->n_trained);
  put_count (self, at, "pseudo-labels", iteration->n_pseudo);
}

static gboolean
is_same (const HoneSettingDifference *row)
{
  for (gsize i = 1; row->values[0] != NULL && row->values[i] != NULL; i++)
    if (strcmp (row->values[0], row->values[i]) != 0)
      return FALSE;
  return TRUE;
}

/**
 * hone_compare_settings:
 * @iterations: (array length=n_iterations): iterations
 * @n_iterations: how many
 *
 * Returns: (transfer full) (element-type HoneSettingDifference): the settings that are not the same in all of them
 */
GPtrArray *
hone_compare_settings (HoneIteration * const *iterations,
                       gsize                  n_iterations)
{
  g_autoptr(GHashTable) by_name = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) hone_setting_difference_free);
  Table table = { rows, by_name, n_iterations };

  for (gsize i = 0; i < n_iterations; i++)
    put_all (&table, i, iterations[i]);
  for (guint i = rows->len; i > 0; i--)
    if (is_same (rows->pdata[i - 1]))
      g_ptr_array_remove_index (rows, i - 1);
  return rows;
}
