/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-filter-parts.h"
#include "hone-words.h"

/**
 * hone_filter_has:
 * @filter: a filter
 * @part: something a filter can ask for
 *
 * Returns: whether this one does
 */
gboolean
hone_filter_has (const HoneFilter *filter,
                 HoneFilterPart    part)
{
  g_return_val_if_fail (filter, FALSE);

  switch (part)
    {
    case HONE_FILTER_SEARCH:      return filter->search && *filter->search;
    case HONE_FILTER_SPLIT:       return filter->split >= 0;
    case HONE_FILTER_STATE:       return filter->reference_state >= 0;
    case HONE_FILTER_REFERENCE:   return filter->reference != NULL;
    case HONE_FILTER_CATEGORY:    return filter->category > 0;
    case HONE_FILTER_ANSWER:      return filter->iteration_id && filter->answer != NULL;
    case HONE_FILTER_OUTCOME:     return filter->iteration_id && filter->outcome >= 0;
    case HONE_FILTER_AGREES:      return filter->iteration_id && filter->agrees >= 0;
    case HONE_FILTER_CONFIDENCE:  return filter->iteration_id && (!isnan (filter->confidence_low) || !isnan (filter->confidence_high));
    case HONE_FILTER_FLAG:        return filter->flag >= 0;
    case HONE_FILTER_CONFLICTING: return filter->conflicting >= 0;
    case HONE_FILTER_KNOWN:       return filter->known >= 0;
    case HONE_FILTER_NEAR_COPIES: return filter->near_copies >= 0;
    case HONE_FILTER_IMPORT:      return filter->import_id > 0;
    case HONE_FILTER_SCORED_BY:   return filter->scored_by != NULL;
    default:                      g_return_val_if_reached (FALSE);
    }
}

/**
 * hone_filter_drop:
 * @filter: a filter made by hone_filter_copy ()
 * @part: what it is no longer to ask for
 *
 * Without a split it does not ask for right or wrong either: that question is not to reach into the sealed test texts.
 */
void
hone_filter_drop (HoneFilter     *filter,
                  HoneFilterPart  part)
{
  g_return_if_fail (filter);

  switch (part)
    {
    case HONE_FILTER_SEARCH:      g_free ((char *) filter->search); filter->search = NULL; break;
    case HONE_FILTER_SPLIT:
      filter->split = filter->agrees = -1;
      g_clear_pointer (&filter->scored_by, g_array_unref);
      break;
    case HONE_FILTER_STATE:       filter->reference_state = -1; break;
    case HONE_FILTER_REFERENCE:   g_clear_pointer (&filter->reference, hone_category_set_unref); break;
    case HONE_FILTER_CATEGORY:    filter->category = 0; break;
    case HONE_FILTER_ANSWER:      g_clear_pointer (&filter->answer, hone_category_set_unref); break;
    case HONE_FILTER_OUTCOME:     filter->outcome = -1; break;
    case HONE_FILTER_AGREES:      filter->agrees = -1; break;
    case HONE_FILTER_CONFIDENCE:  filter->confidence_low = filter->confidence_high = NAN; break;
    case HONE_FILTER_FLAG:        filter->flag = -1; break;
    case HONE_FILTER_CONFLICTING: filter->conflicting = -1; break;
    case HONE_FILTER_KNOWN:       filter->known = -1; break;
    case HONE_FILTER_NEAR_COPIES: filter->near_copies = -1; break;
    case HONE_FILTER_IMPORT:      filter->import_id = 0; break;
    case HONE_FILTER_SCORED_BY:   g_clear_pointer (&filter->scored_by, g_array_unref); break;
    default:                      g_return_if_reached ();
    }
}

static const char *
state_words (HoneReferenceState state)
{
  return state == HONE_REFERENCE_NONE ? _("Without label") : state == HONE_REFERENCE_LABELLED ? _("Labelled") : _("Disputed");
}

static char *
set_words (const char            *format,
           const HoneOntology    *ontology,
           const HoneCategorySet *set)
{
  g_autofree char *names = hone_words_categories (ontology, set);
  g_autoptr(GString) words = g_string_new (format);

  g_string_replace (words, "%s", names, 1);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static char *
category_words (const HoneOntology *ontology,
                guint               id)
{
  g_autoptr(HoneCategorySet) set = hone_category_set_new_single (id);

  return set_words (_("Label: %s"), ontology, set);
}

static char *
confidence_words (const HoneFilter *filter)
{
  if (isnan (filter->confidence_low))
    return g_strdup_printf (_("Confidence up to %.2f"), filter->confidence_high);
  if (isnan (filter->confidence_high))
    return g_strdup_printf (_("Confidence from %.2f"), filter->confidence_low);
  return g_strdup_printf (_("Confidence %.2f–%.2f"), filter->confidence_low, filter->confidence_high);
}

static char *
import_words (HoneCatalogue *catalogue,
              gint64         id)
{
  g_autofree char *name = hone_catalogue_dup_import_name (catalogue, id);

  return g_strdup_printf (_("From %s"), name);
}

/* “wrong by n-grams · 1, right by n-grams · 2”; iterations that only have to have been scored are not told. */
static char *
scored_words (HoneCatalogue *catalogue,
              const GArray  *scored_by)
{
  g_autoptr(GString) words = g_string_new (NULL);

  for (guint i = 0; i < scored_by->len; i++)
    {
      const HoneFilterScored *scored = &g_array_index (scored_by, HoneFilterScored, i);
      g_autofree char *name = scored->right < 0 ? NULL : hone_catalogue_dup_iteration_name (catalogue, scored->iteration_id);

      if (!name)
        continue;
      g_string_append (words, words->len ? ", " : "");
      /* Translators: an iteration that answered a text right or wrong; these follow each other with commas */
      g_string_append_printf (words, scored->right ? _("right by %s") : _("wrong by %s"), name);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/**
 * hone_filter_dup_words:
 * @filter: a filter
 * @part: what it asks for
 * @ontology: names of the categories
 * @catalogue: names of the imports
 *
 * Returns: (transfer full): that part in a few words
 */
char *
hone_filter_dup_words (const HoneFilter   *filter,
                       HoneFilterPart      part,
                       const HoneOntology *ontology,
                       HoneCatalogue      *catalogue)
{
  g_return_val_if_fail (filter && ontology && hone_filter_has (filter, part), NULL);

  switch (part)
    {
    case HONE_FILTER_SEARCH:      return g_strdup_printf (_("“%s”"), filter->search);
    case HONE_FILTER_SPLIT:       return g_strdup (hone_words_split (filter->split));
    case HONE_FILTER_STATE:       return g_strdup (state_words (filter->reference_state));
    case HONE_FILTER_REFERENCE:   return set_words (_("Label: %s"), ontology, filter->reference);
    case HONE_FILTER_CATEGORY:    return category_words (ontology, filter->category);
    case HONE_FILTER_ANSWER:      return set_words (_("Answer: %s"), ontology, filter->answer);
    case HONE_FILTER_OUTCOME:     return g_strdup (hone_words_outcome (filter->outcome));
    case HONE_FILTER_AGREES:      return g_strdup (filter->agrees ? _("Answered right") : _("Answered wrong"));
    case HONE_FILTER_CONFIDENCE:  return confidence_words (filter);
    case HONE_FILTER_FLAG:        return g_strdup (filter->flag ? _("Flagged") : _("Not flagged"));
    case HONE_FILTER_CONFLICTING: return g_strdup (filter->conflicting ? _("Conflicting labels") : _("No conflicting labels"));
    case HONE_FILTER_KNOWN:       return g_strdup (filter->known ? _("Known answer hidden") : _("No known answer"));
    case HONE_FILTER_NEAR_COPIES: return g_strdup (_("Near copies"));
    case HONE_FILTER_IMPORT:      return import_words (catalogue, filter->import_id);
    case HONE_FILTER_SCORED_BY:   return scored_words (catalogue, filter->scored_by);
    default:                      g_return_val_if_reached (NULL);
    }
}
