/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-filter-actions.h"
#include "hone-words.h"

/* Menus read an underscore as a mnemonic. */
static char *
escape (const char *label)
{
  g_autoptr(GString) escaped = g_string_new (label);

  g_string_replace (escaped, "_", "__", 0);
  return g_string_free (g_steal_pointer (&escaped), FALSE);
}

static void
insert (GMenu      *menu,
        int         position,
        const char *label,
        const char *action,
        GVariant   *target)
{
  g_autofree char *escaped = escape (label);
  g_autoptr(GMenuItem) item = g_menu_item_new (escaped, NULL);

  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_insert_item (menu, position, item);
}

static void
append (GMenu      *menu,
        const char *label,
        const char *action,
        GVariant   *target)
{
  insert (menu, -1, label, action, target);
}

static void
append_submenu (GMenu      *menu,
                const char *label,
                GMenu      *submenu)
{
  g_menu_append_submenu (menu, label, G_MENU_MODEL (submenu));
}

static void
append_section (GMenu *menu,
                GMenu *section)
{
  if (g_menu_model_get_n_items (G_MENU_MODEL (section)))
    g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
}

static GMenu *
split_menu (void)
{
  GMenu *menu = g_menu_new ();

  for (int split = 0; split < HONE_N_SPLITS; split++)
    append (menu, hone_words_split (split), "filter.split", g_variant_new_string (hone_split_to_string (split)));
  return menu;
}

static GMenu *
label_menu (const HoneOntology *ontology)
{
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) states = g_menu_new ();
  g_autoptr(GMenu) categories = g_menu_new ();
  gsize n = hone_ontology_get_size (ontology);

  append (states, _("Without Label"), "filter.state", g_variant_new_string ("none"));
  append (states, _("Labelled"), "filter.state", g_variant_new_string ("labelled"));
  append (states, _("Disputed"), "filter.state", g_variant_new_string ("disputed"));
  append_section (menu, states);
  for (gsize i = 0; i < n && i < HONE_FILTER_MENU_CATEGORIES; i++)
    {
      const HoneCategory *category = hone_ontology_get_nth (ontology, i);

      append (categories, category->name, "filter.category", g_variant_new_int32 (category->id));
    }
  if (n > HONE_FILTER_MENU_CATEGORIES)
    append (categories, _("Other Category…"), "filter.more", NULL);
  append_section (menu, categories);
  return menu;
}

static GMenu *
answer_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) outcomes = g_menu_new ();
  g_autoptr(GMenu) agrees = g_menu_new ();

  append (agrees, _("Answered Right"), "filter.agrees", g_variant_new_string ("right"));
  append (agrees, _("Answered Wrong"), "filter.agrees", g_variant_new_string ("wrong"));
  for (int outcome = 0; outcome < HONE_N_OUTCOMES; outcome++)
    append (outcomes, hone_words_outcome (outcome), "filter.outcome", g_variant_new_string (hone_outcome_to_string (outcome)));
  append_section (menu, agrees);
  append_section (menu, outcomes);
  return menu;
}

static GMenu *
confidence_menu (void)
{
  GMenu *menu = g_menu_new ();

  append (menu, _("Up to 0.50"), "filter.confidence", g_variant_new ("(dd)", -1., .5));
  append (menu, _("0.50–0.80"), "filter.confidence", g_variant_new ("(dd)", .5, .8));
  append (menu, _("From 0.80"), "filter.confidence", g_variant_new ("(dd)", .8, -1.));
  append (menu, _("Other Range…"), "filter.more", NULL);
  return menu;
}

static GMenu *
import_menu (HoneCatalogue *catalogue)
{
  GMenu *menu = g_menu_new ();
  GPtrArray *imports = hone_catalogue_get_imports (catalogue);

  for (guint i = 0; i < imports->len; i++)
    {
      const HoneImportInfo *info = g_ptr_array_index (imports, i);
      g_autofree char *time = hone_words_time (info->time);
      g_autofree char *label = g_strdup_printf ("%s (%s)", info->source, time);

      if (!info->undone)
        append (menu, label, "filter.import", g_variant_new_int64 (info->id));
    }
  return menu;
}

/**
 * hone_filter_menu_new:
 * @ontology: the categories
 * @catalogue: the imports
 * @iteration: whether an iteration is chosen whose answers can be asked for
 *
 * Returns: (transfer full): what can be asked for
 */
GMenuModel *
hone_filter_menu_new (const HoneOntology *ontology,
                      HoneCatalogue      *catalogue,
                      gboolean            iteration)
{
  g_autoptr(GMenu) splits = split_menu ();
  g_autoptr(GMenu) labels = NULL;
  g_autoptr(GMenu) answers = answer_menu ();
  g_autoptr(GMenu) confidence = confidence_menu ();
  g_autoptr(GMenu) imports = NULL;
  g_autoptr(GMenu) parts = g_menu_new ();
  g_autoptr(GMenu) marks = g_menu_new ();
  GMenu *menu = g_menu_new ();

  g_return_val_if_fail (ontology && HONE_IS_CATALOGUE (catalogue), NULL);

  labels = label_menu (ontology);
  imports = import_menu (catalogue);
  append_submenu (parts, _("Split"), splits);
  append_submenu (parts, _("Label"), labels);
  if (iteration)
    {
      append_submenu (parts, _("Answer"), answers);
      append_submenu (parts, _("Confidence"), confidence);
    }
  if (g_menu_model_get_n_items (G_MENU_MODEL (imports)))
    append_submenu (parts, _("Import"), imports);
  append (marks, _("Flagged"), "filter.flagged", NULL);
  append (marks, _("Near Copies"), "filter.near-copies", NULL);
  append (marks, _("Conflicting Labels"), "filter.conflicting", NULL);
  append (marks, _("Known Answer Hidden"), "filter.known", NULL);
  append_section (menu, parts);
  append_section (menu, marks);
  return G_MENU_MODEL (menu);
}

/**
 * hone_iteration_menu_new:
 * @catalogue: the iterations
 *
 * Returns: (transfer full): all iterations, the newest of each experiment first, and “None”
 */
GMenuModel *
hone_iteration_menu_new (HoneCatalogue *catalogue)
{
  g_autoptr(GMenu) none = g_menu_new ();
  GMenu *menu = g_menu_new (), *section = NULL;
  GPtrArray *iterations;
  gint64 experiment = 0;

  g_return_val_if_fail (HONE_IS_CATALOGUE (catalogue), NULL);

  iterations = hone_catalogue_get_iterations (catalogue);
  append (none, _("None"), "filter.iteration", g_variant_new_int64 (0));
  append_section (menu, none);
  for (guint i = 0; i < iterations->len; i++)
    {
      const HoneIteration *iteration = g_ptr_array_index (iterations, i);
      g_autofree char *name = hone_iteration_dup_name (iteration);

      if (iteration->experiment_id != experiment)
        {
          g_clear_object (&section);
          section = g_menu_new ();
          g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
          experiment = iteration->experiment_id;
        }
      insert (section, 0, name, "filter.iteration", g_variant_new_int64 (iteration->id));
    }
  g_clear_object (&section);
  return G_MENU_MODEL (menu);
}
