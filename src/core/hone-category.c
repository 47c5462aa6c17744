/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copying, freeing and checking one category. */
#include "config.h"

#include "hone-category-private.h"

/**
 * _hone_category_free:
 * @data: (transfer full): a category
 */
void
_hone_category_free (gpointer data)
{
  HoneCategory *category = data;

  g_free (category->key);
  g_free (category->name);
  g_free (category->definition);
  g_free (category->color);
  g_free (category->shortcut);
  g_strfreev (category->aliases);
  g_free (category);
}

static char *
dup_valid (const char *string)
{
  return string != NULL ? g_utf8_make_valid (string, -1) : NULL;
}

static char **
dup_valid_list (char **strings)
{
  gsize n = strings != NULL ? g_strv_length (strings) : 0;
  char **copy = strings != NULL ? g_new0 (char *, n + 1) : NULL;

  for (gsize i = 0; i < n; i++)
    copy[i] = dup_valid (strings[i]);

  return copy;
}

/**
 * _hone_category_copy:
 * @category: a category, of which any text may be missing
 *
 * Returns: (transfer full): a deep copy in valid UTF-8
 */
HoneCategory *
_hone_category_copy (const HoneCategory *category)
{
  HoneCategory *copy = g_new (HoneCategory, 1);

  copy->id = category->id;
  copy->key = dup_valid (category->key);
  copy->name = dup_valid (category->name);
  copy->definition = dup_valid (category->definition);
  copy->color = dup_valid (category->color);
  copy->shortcut = dup_valid (category->shortcut);
  copy->aliases = dup_valid_list (category->aliases);

  return copy;
}

/**
 * _hone_category_append_alias:
 * @category: a category
 * @alias: one more spelling
 */
void
_hone_category_append_alias (HoneCategory *category,
                             const char   *alias)
{
  gsize n = category->aliases != NULL ? g_strv_length (category->aliases) : 0;

  category->aliases = g_renew (char *, category->aliases, n + 2);
  category->aliases[n] = g_strdup (alias);
  category->aliases[n + 1] = NULL;
}

/**
 * _hone_category_key_is_valid:
 * @key: UTF-8
 *
 * Returns: whether it holds letters, digits and "_" alone, and at least one letter or digit
 */
gboolean
_hone_category_key_is_valid (const char *key)
{
  gboolean any = FALSE;

  for (const char *p = key; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c))
        any = TRUE;
      else if (c != '_' && !g_unichar_ismark (c))
        return FALSE;
    }

  return any;
}
