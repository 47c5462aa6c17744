/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of the design and their spellings in files. One table per enumeration, so that writing and
 * reading can never disagree. */
#include "config.h"

#include <string.h>

#include "hone-types.h"

static const char * const choice_words[] = { "one", "several" };
static const char * const split_words[] = { "train", "validation", "test" };
static const char * const origin_words[] = { "human", "imported", "simulated", "review" };
static const char * const outcome_words[] = { "answered", "abstained", "out-of-set", "failed" };

static gboolean
find_word (const char * const *words,
           gsize               n_words,
           const char         *string,
           guint              *found)
{
  if (string == NULL)
    return FALSE;

  for (gsize i = 0; i < n_words; i++)
    {
      if (strcmp (words[i], string) == 0)
        {
          *found = i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * hone_choice_to_string:
 * @choice: a choice rule
 *
 * Returns: (transfer none): its spelling in files
 */
const char *
hone_choice_to_string (HoneChoice choice)
{
  g_return_val_if_fail ((guint) choice < G_N_ELEMENTS (choice_words), NULL);

  return choice_words[choice];
}

/**
 * hone_choice_from_string:
 * @string: (nullable): a word from a file
 * @choice: (out): the choice rule; untouched where the word is unknown
 *
 * Returns: whether the word is known
 */
gboolean
hone_choice_from_string (const char *string,
                         HoneChoice *choice)
{
  guint found;

  g_return_val_if_fail (choice != NULL, FALSE);

  if (!find_word (choice_words, G_N_ELEMENTS (choice_words), string, &found))
    return FALSE;

  *choice = (HoneChoice) found;
  return TRUE;
}

/**
 * hone_split_to_string:
 * @split: a role
 *
 * Returns: (transfer none): its spelling in files
 */
const char *
hone_split_to_string (HoneSplit split)
{
  g_return_val_if_fail ((guint) split < G_N_ELEMENTS (split_words), NULL);

  return split_words[split];
}

/**
 * hone_split_from_string:
 * @string: (nullable): a word from a file
 * @split: (out): the role; untouched where the word is unknown
 *
 * Returns: whether the word is known
 */
gboolean
hone_split_from_string (const char *string,
                        HoneSplit  *split)
{
  guint found;

  g_return_val_if_fail (split != NULL, FALSE);

  if (!find_word (split_words, G_N_ELEMENTS (split_words), string, &found))
    return FALSE;

  *split = (HoneSplit) found;
  return TRUE;
}

/**
 * hone_origin_to_string:
 * @origin: where a decision came from
 *
 * Returns: (transfer none): its spelling in files
 */
const char *
hone_origin_to_string (HoneOrigin origin)
{
  g_return_val_if_fail ((guint) origin < G_N_ELEMENTS (origin_words), NULL);

  return origin_words[origin];
}

/**
 * hone_origin_from_string:
 * @string: (nullable): a word from a file
 * @origin: (out): the origin; untouched where the word is unknown
 *
 * Returns: whether the word is known
 */
gboolean
hone_origin_from_string (const char *string,
                         HoneOrigin *origin)
{
  guint found;

  g_return_val_if_fail (origin != NULL, FALSE);

  if (!find_word (origin_words, G_N_ELEMENTS (origin_words), string, &found))
    return FALSE;

  *origin = (HoneOrigin) found;
  return TRUE;
}

/**
 * hone_outcome_to_string:
 * @outcome: what became of a question to a model
 *
 * Returns: (transfer none): its spelling in files
 */
const char *
hone_outcome_to_string (HoneOutcome outcome)
{
  g_return_val_if_fail ((guint) outcome < G_N_ELEMENTS (outcome_words), NULL);

  return outcome_words[outcome];
}

/**
 * hone_outcome_from_string:
 * @string: (nullable): a word from a file
 * @outcome: (out): the outcome; untouched where the word is unknown
 *
 * Returns: whether the word is known
 */
gboolean
hone_outcome_from_string (const char  *string,
                          HoneOutcome *outcome)
{
  guint found;

  g_return_val_if_fail (outcome != NULL, FALSE);

  if (!find_word (outcome_words, G_N_ELEMENTS (outcome_words), string, &found))
    return FALSE;

  *outcome = (HoneOutcome) found;
  return TRUE;
}

/**
 * hone_set_str:
 * @location: (inout): where a string of ours is kept
 * @value: (nullable): the new string, copied
 *
 * Replaces the string only where the text differs; @value may point into the old string.
 * GLib's own function of this kind is newer than our floor.
 *
 * Returns: whether it changed
 */
gboolean
hone_set_str (char       **location,
              const char  *value)
{
  char *copy;

  g_return_val_if_fail (location != NULL, FALSE);

  if (g_strcmp0 (*location, value) == 0)
    return FALSE;

  copy = g_strdup (value);
  g_free (*location);
  *location = copy;
  return TRUE;
}
