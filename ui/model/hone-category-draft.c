/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-category-draft.h"

/**
 * hone_category_draft_new:
 * @category: (nullable): what to begin with
 *
 * Returns: (transfer full): a draft
 */
HoneCategoryDraft *
hone_category_draft_new (const HoneCategory *category)
{
  HoneCategoryDraft *self = g_new0 (HoneCategoryDraft, 1);

  if (category)
    {
      self->id = category->id;
      self->values[HONE_DRAFT_NAME] = g_strdup (category->name);
      self->values[HONE_DRAFT_KEY] = g_strdup (category->key);
      self->values[HONE_DRAFT_DEFINITION] = g_strdup (category->definition);
      self->values[HONE_DRAFT_SHORTCUT] = g_strdup (category->shortcut);
      self->values[HONE_DRAFT_COLOR] = g_strdup (category->color);
      if (category->aliases)
        self->values[HONE_DRAFT_ALIASES] = g_strjoinv ("; ", category->aliases);
    }
  for (int i = 0; i < HONE_N_DRAFT_FIELDS; i++)
    if (!self->values[i])
      self->values[i] = g_strdup ("");
  return self;
}

/**
 * hone_category_draft_free:
 * @self: (transfer full): a draft
 */
void
hone_category_draft_free (HoneCategoryDraft *self)
{
  g_return_if_fail (self);

  for (int i = 0; i < HONE_N_DRAFT_FIELDS; i++)
    g_free (self->values[i]);
  g_free (self);
}

static char *
dup_value (const HoneCategoryDraft *self,
           HoneDraftField           field)
{
  char *value = g_strstrip (g_strdup (self->values[field]));

  if (!*value)
    g_clear_pointer (&value, g_free);
  return value;
}

static char **
dup_aliases (const HoneCategoryDraft *self)
{
  g_auto(GStrv) parts = g_strsplit (self->values[HONE_DRAFT_ALIASES], ";", -1);
  g_autoptr(GStrvBuilder) aliases = g_strv_builder_new ();

  for (gsize i = 0; parts[i]; i++)
    if (*g_strstrip (parts[i]))
      g_strv_builder_add (aliases, parts[i]);
  return g_strv_builder_end (aliases);
}

static gboolean
check_name (const char  *name,
            GError     **error)
{
  if (name)
    return TRUE;
  g_set_error_literal (error, HONE_ONTOLOGY_ERROR, HONE_ONTOLOGY_ERROR_EMPTY_NAME, _("The category needs a name"));
  return FALSE;
}

static gboolean
check_color (const char  *color,
             GError     **error)
{
  if (!color || g_regex_match_simple ("^#[0-9A-Fa-f]{6}$", color, 0, 0))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("The colour is “%s”, wanted six hexadecimal digits such as #3584E4"), color);
  return FALSE;
}

/* Keys are compared as they are pressed: without regard to case. */
static gboolean
check_shortcut (const char  *shortcut,
                const char  *name,
                GHashTable  *taken,
                GError     **error)
{
  const char *holder;
  char *folded;

  if (!shortcut)
    return TRUE;
  if (g_utf8_strlen (shortcut, -1) != 1 || !g_unichar_isalnum (g_utf8_get_char (shortcut)))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("The shortcut is “%s”, wanted one letter or digit"), shortcut);
      return FALSE;
    }
  folded = g_utf8_casefold (shortcut, -1);
  holder = g_hash_table_lookup (taken, folded);
  if (holder)
    {
      g_set_error (error, HONE_ONTOLOGY_ERROR, HONE_ONTOLOGY_ERROR_DUPLICATE, _("The shortcut “%s” is that of “%s”"), shortcut, holder);
      g_free (folded);
      return FALSE;
    }
  g_hash_table_insert (taken, folded, g_strdup (name));
  return TRUE;
}

static gboolean
add_draft (HoneOntology             *ontology,
           const HoneCategoryDraft  *draft,
           GHashTable               *shortcuts,
           GError                  **error)
{
  g_autofree char *name = dup_value (draft, HONE_DRAFT_NAME);
  g_autofree char *key = dup_value (draft, HONE_DRAFT_KEY);
  g_autofree char *definition = dup_value (draft, HONE_DRAFT_DEFINITION);
  g_autofree char *shortcut = dup_value (draft, HONE_DRAFT_SHORTCUT);
  g_autofree char *color = dup_value (draft, HONE_DRAFT_COLOR);
  g_auto(GStrv) aliases = dup_aliases (draft);
  const HoneCategory category = { draft->id, key, name, definition, color, shortcut, aliases[0] ? aliases : NULL };

  return check_name (name, error) && check_color (color, error) && check_shortcut (shortcut, name, shortcuts, error) &&
         hone_ontology_add (ontology, &category, error) != 0;
}

/**
 * hone_ontology_new_from_drafts:
 * @choice: how many categories a text may have
 * @instruction: what people and models are told, "" for nothing
 * @drafts: (element-type HoneCategoryDraft): those that are there already first
 * @bad: (out): which draft the error is about
 * @error: return location for %HONE_ONTOLOGY_ERROR_* and %G_IO_ERROR_INVALID_ARGUMENT
 *
 * Returns: (transfer full): what the drafts make, or %NULL
 */
HoneOntology *
hone_ontology_new_from_drafts (HoneChoice        choice,
                               const char       *instruction,
                               const GPtrArray  *drafts,
                               guint            *bad,
                               GError          **error)
{
  g_autoptr(HoneOntology) ontology = NULL;
  g_autoptr(GHashTable) shortcuts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  g_return_val_if_fail (instruction && drafts && bad, NULL);

  ontology = hone_ontology_new (choice, *instruction ? instruction : NULL);
  for (guint i = 0; i < drafts->len; i++)
    if (!add_draft (ontology, g_ptr_array_index (drafts, i), shortcuts, error))
      {
        *bad = i;
        return NULL;
      }
  return g_steal_pointer (&ontology);
}
