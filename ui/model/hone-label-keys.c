/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "hone-label-keys.h"

/* s skips, f flags, n notes, b blinds: these letters give categories with Shift only. */
#define COMMANDS "sfnb"

static const char automatic[HONE_N_LABEL_KEYS + 1] = "123456789acdeghijklmopqrtuvwxyzSFNB";

/* What a person wrote as the key of a category; 0: nothing that could be one. */
static gunichar
key_of (const char *shortcut)
{
  gunichar key = shortcut && *shortcut ? g_utf8_get_char_validated (shortcut, -1) : 0;

  if (!shortcut || key == (gunichar) -1 || key == (gunichar) -2 || *g_utf8_next_char (shortcut) || !g_unichar_isalnum (key))
    return 0;
  return g_unichar_tolower (key);
}

static gboolean
is_command (gunichar key)
{
  return key < 128 && strchr (COMMANDS, (int) key) != NULL;
}

static gboolean
is_taken (const gunichar *keys,
          gsize           n_keys,
          gunichar        key)
{
  return hone_label_keys_find (keys, n_keys, key) != G_MAXSIZE;
}

/* Keys that people chose. Where a file brought one key twice, the older category has it. */
static void
take_chosen (gunichar           *keys,
             const HoneOntology *ontology,
             gsize               n)
{
  for (gsize i = 0; i < n; i++)
    {
      const HoneCategory *category = hone_ontology_get_nth (ontology, i);
      gunichar key = key_of (category->shortcut);
      gsize other;

      if (!key || is_command (key))
        continue;
      other = hone_label_keys_find (keys, n, key);
      if (other != G_MAXSIZE && hone_ontology_get_nth (ontology, other)->id < category->id)
        continue;
      if (other != G_MAXSIZE)
        keys[other] = 0;
      keys[i] = key;
    }
}

static int
compare_ids (gconstpointer a,
             gconstpointer b,
             gpointer      data)
{
  const HoneOntology *ontology = data;
  guint left = hone_ontology_get_nth (ontology, *(const guint *) a)->id;
  guint right = hone_ontology_get_nth (ontology, *(const guint *) b)->id;

  return (left > right) - (left < right);
}

/* The category with id n has the nth key; those beyond, and those whose key somebody took, have what is left over, oldest first. */
static void
take_automatic (gunichar           *keys,
                const HoneOntology *ontology,
                gsize               n)
{
  g_autofree guint *order = g_new (guint, n + 1);
  gsize next = 0;

  for (gsize i = 0; i < n; i++)
    {
      guint id = hone_ontology_get_nth (ontology, i)->id;

      order[i] = i;
      if (!keys[i] && id <= HONE_N_LABEL_KEYS && !is_taken (keys, n, (guchar) automatic[id - 1]))
        keys[i] = (guchar) automatic[id - 1];
    }
  g_qsort_with_data (order, n, sizeof *order, compare_ids, (gpointer) ontology);
  for (gsize i = 0; i < n; i++)
    {
      while (next < HONE_N_LABEL_KEYS && is_taken (keys, n, (guchar) automatic[next]))
        next++;
      if (!keys[order[i]] && next < HONE_N_LABEL_KEYS)
        keys[order[i]] = (guchar) automatic[next];
    }
}

/**
 * hone_label_keys_new:
 * @ontology: the categories
 *
 * The keys that people set, else automatic ones that depend on nothing but the ids.
 *
 * Returns: (transfer full) (array): a key per category in display order, 0 where there is none; a capital letter means Shift
 */
gunichar *
hone_label_keys_new (const HoneOntology *ontology)
{
  gsize n;
  gunichar *keys;

  g_return_val_if_fail (ontology, NULL);

  n = hone_ontology_get_size (ontology);
  keys = g_new0 (gunichar, n + 1);
  take_chosen (keys, ontology, n);
  take_automatic (keys, ontology, n);
  return keys;
}

/**
 * hone_label_keys_find:
 * @keys: (array length=n_keys): keys of hone_label_keys_new ()
 * @n_keys: how many
 * @key: what was pressed
 *
 * Returns: position of the category with this key, `G_MAXSIZE` where there is none
 */
gsize
hone_label_keys_find (const gunichar *keys,
                      gsize           n_keys,
                      gunichar        key)
{
  g_return_val_if_fail (keys && key, G_MAXSIZE);

  for (gsize i = 0; i < n_keys; i++)
    if (keys[i] == key)
      return i;
  return G_MAXSIZE;
}

/**
 * hone_label_key_check:
 * @ontology: the categories
 * @id: the category that is to have the key
 * @shortcut: (nullable): one letter or digit; %NULL or "": the automatic one
 * @error: return location for %HONE_ONTOLOGY_ERROR_DUPLICATE and %HONE_ONTOLOGY_ERROR_RESERVED
 *
 * Refuses a key that a person gave to another category, or that is a command of the labeling view.
 *
 * Returns: whether it may be set
 */
gboolean
hone_label_key_check (const HoneOntology  *ontology,
                      guint                id,
                      const char          *shortcut,
                      GError             **error)
{
  gunichar key;

  g_return_val_if_fail (ontology, FALSE);

  if (!shortcut || !*shortcut)
    return TRUE;
  key = key_of (shortcut);
  if (!key)
    {
      g_set_error (error, HONE_ONTOLOGY_ERROR, HONE_ONTOLOGY_ERROR_RESERVED, _("“%s” cannot be a key: one letter or digit is wanted"), shortcut);
      return FALSE;
    }
  if (is_command (key))
    {
      g_set_error (error, HONE_ONTOLOGY_ERROR, HONE_ONTOLOGY_ERROR_RESERVED,
                   _("The key “%s” is taken: s skips, f flags, n writes a note, b hides the model's answer"), shortcut);
      return FALSE;
    }
  for (gsize i = 0; i < hone_ontology_get_size (ontology); i++)
    {
      const HoneCategory *other = hone_ontology_get_nth (ontology, i);

      if (other->id == id || key_of (other->shortcut) != key)
        continue;
      g_set_error (error, HONE_ONTOLOGY_ERROR, HONE_ONTOLOGY_ERROR_DUPLICATE, _("The key “%s” belongs to the category “%s”"), shortcut,
                   other->name);
      return FALSE;
    }
  return TRUE;
}

/**
 * hone_label_key_assign:
 * @ontology: the categories
 * @id: the category that is to have the key
 * @shortcut: (nullable): one letter or digit; %NULL or "": the automatic one
 * @error: return location, as hone_label_key_check () has it
 *
 * Returns: (transfer full): the categories with that key given, or %NULL
 */
HoneOntology *
hone_label_key_assign (const HoneOntology  *ontology,
                       guint                id,
                       const char          *shortcut,
                       GError             **error)
{
  const HoneCategory *category;
  HoneCategory changed;
  HoneOntology *copy;

  g_return_val_if_fail (ontology, NULL);

  category = hone_ontology_get_by_id (ontology, id);
  g_return_val_if_fail (category, NULL);
  if (!hone_label_key_check (ontology, id, shortcut, error))
    return NULL;
  copy = hone_ontology_copy (ontology);
  changed = *category;
  changed.shortcut = (char *) (shortcut && *shortcut ? shortcut : NULL);
  if (hone_ontology_replace (copy, &changed, error))
    return copy;
  hone_ontology_unref (copy);
  return NULL;
}
