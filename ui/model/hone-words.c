/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-words.h"

/**
 * hone_words_split:
 * @split: a role
 *
 * Returns: its name
 */
const char *
hone_words_split (HoneSplit split)
{
  switch (split)
    {
    case HONE_SPLIT_TRAIN:      return _("Train");
    case HONE_SPLIT_VALIDATION: return _("Validation");
    case HONE_SPLIT_TEST:       return _("Test");
    default:                    g_return_val_if_reached ("");
    }
}

/**
 * hone_words_outcome:
 * @outcome: of a question to a model
 *
 * Returns: its name
 */
const char *
hone_words_outcome (HoneOutcome outcome)
{
  switch (outcome)
    {
    case HONE_OUTCOME_ANSWERED:   return _("Answered");
    case HONE_OUTCOME_ABSTAINED:  return _("Abstained");
    case HONE_OUTCOME_OUT_OF_SET: return _("Out of set");
    case HONE_OUTCOME_FAILED:     return _("Failed");
    default:                      g_return_val_if_reached ("");
    }
}

/**
 * hone_words_origin:
 * @origin: of a label
 *
 * Returns: its name, to stand behind a label
 */
const char *
hone_words_origin (HoneOrigin origin)
{
  switch (origin)
    {
    case HONE_ORIGIN_HUMAN:     return _("by hand");
    case HONE_ORIGIN_IMPORTED:  return _("imported");
    case HONE_ORIGIN_SIMULATED: return _("simulated");
    case HONE_ORIGIN_REVIEW:    return _("review");
    default:                    g_return_val_if_reached ("");
    }
}

/**
 * hone_words_categories:
 * @ontology: that has the names
 * @set: categories
 *
 * Returns: (transfer full): their names
 */
char *
hone_words_categories (const HoneOntology    *ontology,
                       const HoneCategorySet *set)
{
  g_autoptr(GString) names = g_string_new (NULL);
  gsize n;
  const guint *ids;

  g_return_val_if_fail (ontology && set, NULL);

  ids = hone_category_set_get_ids (set, &n);
  for (gsize i = 0; i < n; i++)
    {
      const HoneCategory *category = hone_ontology_get_by_id (ontology, ids[i]);

      if (names->len)
        g_string_append (names, ", ");
      if (category)
        g_string_append (names, category->name);
      else
        g_string_append_printf (names, _("category %u"), ids[i]);
    }
  return g_string_free (g_steal_pointer (&names), FALSE);
}

/**
 * hone_words_time:
 * @time: microseconds since 1970 UTC
 *
 * Returns: (transfer full): day and time of day where the user is
 */
char *
hone_words_time (gint64 time)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autoptr(GDateTime) local = utc ? g_date_time_to_local (utc) : NULL;

  return local ? g_date_time_format (local, "%x %H:%M") : g_strdup ("");
}

/**
 * hone_words_count:
 * @n: a count
 *
 * Returns: (transfer full): the number with the locale's marks between thousands
 */
char *
hone_words_count (guint64 n)
{
  return g_strdup_printf ("%'" G_GUINT64_FORMAT, n);
}
