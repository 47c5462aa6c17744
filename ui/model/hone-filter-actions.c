/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hone-filter-actions.h"
#include "hone-filter-parts.h"

static const char * const state_names[] = { "none", "labelled", "disputed" };
static const char * const agrees_names[] = { "wrong", "right" };

/* ---- a filter as states ---- */

static GVariant *
split_state (const HoneFilter *filter)
{
  return g_variant_new_string (filter->split < 0 ? "" : hone_split_to_string (filter->split));
}

static GVariant *
reference_state (const HoneFilter *filter)
{
  return g_variant_new_string (filter->reference_state < 0 ? "" : state_names[filter->reference_state]);
}

static GVariant *
outcome_state (const HoneFilter *filter)
{
  return g_variant_new_string (hone_filter_has (filter, HONE_FILTER_OUTCOME) ? hone_outcome_to_string (filter->outcome) : "");
}

static GVariant *
agrees_state (const HoneFilter *filter)
{
  return g_variant_new_string (hone_filter_has (filter, HONE_FILTER_AGREES) ? agrees_names[filter->agrees] : "");
}

static GVariant *
category_state (const HoneFilter *filter)
{
  return g_variant_new_int32 (filter->category);
}

static GVariant *
import_state (const HoneFilter *filter)
{
  return g_variant_new_int64 (filter->import_id);
}

static GVariant *
confidence_state (const HoneFilter *filter)
{
  gboolean has = hone_filter_has (filter, HONE_FILTER_CONFIDENCE);

  return g_variant_new ("(dd)", has && !isnan (filter->confidence_low) ? filter->confidence_low : -1,
                        has && !isnan (filter->confidence_high) ? filter->confidence_high : -1);
}

static GVariant *
flag_state (const HoneFilter *filter)
{
  return g_variant_new_boolean (filter->flag == 1);
}

static GVariant *
near_copies_state (const HoneFilter *filter)
{
  return g_variant_new_boolean (filter->near_copies == 1);
}

static GVariant *
conflicting_state (const HoneFilter *filter)
{
  return g_variant_new_boolean (filter->conflicting == 1);
}

static GVariant *
known_state (const HoneFilter *filter)
{
  return g_variant_new_boolean (filter->known == 1);
}

/* ---- values into a filter ---- */

static int
find_name (GVariant           *value,
           const char * const *names,
           int                 n)
{
  for (int i = 0; i < n; i++)
    if (g_str_equal (g_variant_get_string (value, NULL), names[i]))
      return i;
  return -1;
}

static void
set_split (HoneFilter *filter,
           GVariant   *value)
{
  HoneSplit split;

  filter->split = hone_split_from_string (g_variant_get_string (value, NULL), &split) ? (int) split : -1;
  /* Right and wrong are not asked of the sealed texts. */
  if (filter->split < 0 || filter->split == HONE_SPLIT_TEST)
    {
      filter->agrees = -1;
      hone_filter_drop (filter, HONE_FILTER_SCORED_BY);
    }
}

static void
set_reference_state (HoneFilter *filter,
                     GVariant   *value)
{
  filter->reference_state = find_name (value, state_names, G_N_ELEMENTS (state_names));
  hone_filter_drop (filter, HONE_FILTER_CATEGORY);
  hone_filter_drop (filter, HONE_FILTER_REFERENCE);
}

static void
set_outcome (HoneFilter *filter,
             GVariant   *value)
{
  HoneOutcome outcome;

  filter->outcome = hone_outcome_from_string (g_variant_get_string (value, NULL), &outcome) ? (int) outcome : -1;
}

static void
set_agrees (HoneFilter *filter,
            GVariant   *value)
{
  filter->agrees = find_name (value, agrees_names, G_N_ELEMENTS (agrees_names));
  if (filter->agrees >= 0 && (filter->split < 0 || filter->split == HONE_SPLIT_TEST))
    filter->split = HONE_SPLIT_VALIDATION;
}

static void
set_category (HoneFilter *filter,
              GVariant   *value)
{
  filter->category = MAX (g_variant_get_int32 (value), 0);
  hone_filter_drop (filter, HONE_FILTER_STATE);
  hone_filter_drop (filter, HONE_FILTER_REFERENCE);
}

static void
set_import (HoneFilter *filter,
            GVariant   *value)
{
  filter->import_id = MAX (g_variant_get_int64 (value), 0);
}

static void
set_confidence (HoneFilter *filter,
                GVariant   *value)
{
  double low, high;

  g_variant_get (value, "(dd)", &low, &high);
  filter->confidence_low = low >= 0 ? low : NAN;
  filter->confidence_high = high >= 0 ? high : NAN;
}

static void
toggle_flag (HoneFilter *filter,
             GVariant   *value)
{
  filter->flag = 1;
}

static void
toggle_near_copies (HoneFilter *filter,
                    GVariant   *value)
{
  filter->near_copies = 1;
}

static void
toggle_conflicting (HoneFilter *filter,
                    GVariant   *value)
{
  filter->conflicting = 1;
}

static void
toggle_known (HoneFilter *filter,
              GVariant   *value)
{
  filter->known = 1;
}

/* ---- actions ---- */

static const struct {
  const char      *name;
  const char      *type;       /* (nullable): a toggle */
  HoneFilterPart   part;
  GVariant       *(*state) (const HoneFilter *filter);
  void           (*set)    (HoneFilter *filter, GVariant *value);
} entries[] = {
  { "split",       "s",    HONE_FILTER_SPLIT,       split_state,       set_split },
  { "state",       "s",    HONE_FILTER_STATE,       reference_state,   set_reference_state },
  { "outcome",     "s",    HONE_FILTER_OUTCOME,     outcome_state,     set_outcome },
  { "agrees",      "s",    HONE_FILTER_AGREES,      agrees_state,      set_agrees },
  { "category",    "i",    HONE_FILTER_CATEGORY,    category_state,    set_category },
  { "import",      "x",    HONE_FILTER_IMPORT,      import_state,      set_import },
  { "confidence",  "(dd)", HONE_FILTER_CONFIDENCE,  confidence_state,  set_confidence },
  { "flagged",     NULL,   HONE_FILTER_FLAG,        flag_state,        toggle_flag },
  { "near-copies", NULL,   HONE_FILTER_NEAR_COPIES, near_copies_state, toggle_near_copies },
  { "conflicting", NULL,   HONE_FILTER_CONFLICTING, conflicting_state, toggle_conflicting },
  { "known",       NULL,   HONE_FILTER_KNOWN,       known_state,       toggle_known },
};

static gboolean
speaks_of_answers (HoneFilterPart part)
{
  return part == HONE_FILTER_OUTCOME || part == HONE_FILTER_AGREES || part == HONE_FILTER_CONFIDENCE;
}

static void
on_set (GSimpleAction *action,
        GVariant      *value,
        HoneSelection *selection)
{
  g_autoptr(HoneFilter) filter = hone_filter_copy (hone_selection_get_filter (selection));
  g_autoptr(GVariant) state = g_action_get_state (G_ACTION (action));
  gsize i = 0;

  while (!g_str_equal (entries[i].name, g_action_get_name (G_ACTION (action))))
    i++;
  if (speaks_of_answers (entries[i].part))
    filter->iteration_id = hone_selection_get_iteration (selection);
  if (value ? g_variant_equal (value, state) : g_variant_get_boolean (state))
    hone_filter_drop (filter, entries[i].part);
  else
    entries[i].set (filter, value);
  hone_selection_set_filter (selection, filter);
}

static void
on_iteration (GSimpleAction *action,
              GVariant      *value,
              HoneSelection *selection)
{
  hone_selection_set_iteration (selection, g_variant_get_int64 (value));
}

static void
on_drop (GSimpleAction *action,
         GVariant      *value,
         HoneSelection *selection)
{
  g_autoptr(HoneFilter) filter = hone_filter_copy (hone_selection_get_filter (selection));

  g_return_if_fail (g_variant_get_int32 (value) >= 0 && g_variant_get_int32 (value) < HONE_N_FILTER_PARTS);

  hone_filter_drop (filter, g_variant_get_int32 (value));
  hone_selection_set_filter (selection, filter);
}

static void
on_clear (GSimpleAction *action,
          GVariant      *value,
          HoneSelection *selection)
{
  HoneFilter all = HONE_FILTER_ALL;

  all.iteration_id = hone_selection_get_filter (selection)->iteration_id;   /* the order may need it */
  hone_selection_set_filter (selection, &all);
}

static GSimpleAction *
get_action (GSimpleActionGroup *group,
            const char         *name)
{
  return G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (group), name));
}

static void
update_states (GSimpleActionGroup *group,
               HoneSelection      *selection)
{
  const HoneFilter *filter = hone_selection_get_filter (selection);
  gboolean any = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    {
      GSimpleAction *action = get_action (group, entries[i].name);

      g_simple_action_set_state (action, entries[i].state (filter));
      g_simple_action_set_enabled (action, !speaks_of_answers (entries[i].part) || hone_selection_get_iteration (selection));
    }
  for (int part = 0; part < HONE_N_FILTER_PARTS; part++)
    any = any || hone_filter_has (filter, part);
  g_simple_action_set_enabled (get_action (group, "clear"), any);
  g_simple_action_set_state (get_action (group, "iteration"), g_variant_new_int64 (hone_selection_get_iteration (selection)));
}

static void
on_filter_changed (GSimpleActionGroup *group,
                   HoneSelection      *selection)
{
  update_states (group, selection);
}

static void
on_iteration_changed (GSimpleActionGroup *group,
                      GParamSpec         *pspec,
                      HoneSelection      *selection)
{
  update_states (group, selection);
}

static void
add_action (GSimpleActionGroup *group,
            const char         *name,
            const char         *type,
            GVariant           *state,
            GCallback           activated,
            HoneSelection      *selection)
{
  const GVariantType *wanted = type ? G_VARIANT_TYPE (type) : NULL;
  g_autoptr(GSimpleAction) action = state ? g_simple_action_new_stateful (name, wanted, state) : g_simple_action_new (name, wanted);

  g_signal_connect_object (action, "activate", activated, selection, 0);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
}

/**
 * hone_filter_actions_new:
 * @selection: whose filter and iteration
 *
 * The states follow the selection, whoever changes it.
 *
 * Returns: (transfer full): the actions, to be inserted as “filter”
 */
GSimpleActionGroup *
hone_filter_actions_new (HoneSelection *selection)
{
  GSimpleActionGroup *group;

  g_return_val_if_fail (HONE_IS_SELECTION (selection), NULL);

  group = g_simple_action_group_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    add_action (group, entries[i].name, entries[i].type, entries[i].state (hone_selection_get_filter (selection)),
                G_CALLBACK (on_set), selection);
  add_action (group, "iteration", "x", g_variant_new_int64 (0), G_CALLBACK (on_iteration), selection);
  add_action (group, "drop", "i", NULL, G_CALLBACK (on_drop), selection);
  add_action (group, "clear", NULL, NULL, G_CALLBACK (on_clear), selection);
  g_signal_connect_object (selection, "filter-changed", G_CALLBACK (on_filter_changed), group, G_CONNECT_SWAPPED);
  g_signal_connect_object (selection, "notify::iteration", G_CALLBACK (on_iteration_changed), group, G_CONNECT_SWAPPED);
  update_states (group, selection);
  return group;
}
