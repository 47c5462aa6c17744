/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done to the experiments of the sidebar: by menu, button and keys. */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-experiment-dialog.h"
#include "hone-experiment-sidebar-private.h"
#include "model/hone-experiment-edit.h"
#include "widgets/hone-toast.h"

#define CHOSEN G_GINT64_CONSTANT (0)   /* as the target of an action: the experiment of the row that has the focus */

/* ---- which experiment ---- */

/* The list's own row holds ours, or ours holds what has the focus. */
static HoneSidebarRow *
find_focused_row (HoneExperimentSidebar *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL, *inside;

  if (!focus || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list)))
    return NULL;
  inside = gtk_widget_get_first_child (focus);
  if (HONE_IS_SIDEBAR_ROW (inside))
    return HONE_SIDEBAR_ROW (inside);
  return HONE_SIDEBAR_ROW (gtk_widget_get_ancestor (focus, HONE_TYPE_SIDEBAR_ROW));
}

static gint64
find_selected (HoneExperimentSidebar *self)
{
  GtkTreeListRow *row = gtk_single_selection_get_selected_item (self->rows);
  g_autoptr(GObject) item = row ? gtk_tree_list_row_get_item (row) : NULL;

  if (HONE_IS_EXPERIMENT_ITEM (item))
    return hone_experiment_item_get (HONE_EXPERIMENT_ITEM (item))->id;
  return HONE_IS_ITERATION_ITEM (item) ? hone_iteration_item_get (HONE_ITERATION_ITEM (item))->experiment_id : 0;
}

/* (nullable) */
static const HoneExperiment *
find_target (HoneExperimentSidebar *self,
             gint64                 id)
{
  HoneSidebarRow *row = id == CHOSEN ? find_focused_row (self) : NULL;
  HoneExperimentItem *item;

  if (id == CHOSEN)
    id = row ? hone_sidebar_row_get_experiment_id (row) : find_selected (self);
  item = id ? hone_scoreboard_find_experiment (self->scoreboard, id) : NULL;
  return item ? hone_experiment_item_get (item) : NULL;
}

/* Delete beside an iteration would take away more than the row shows: that is told, not done. */
static gboolean
is_iteration_alone (HoneExperimentSidebar *self,
                    gint64                 id)
{
  HoneSidebarRow *row = id == CHOSEN ? find_focused_row (self) : NULL;

  return row && !hone_sidebar_row_is_experiment (row);
}

/* ---- the menu ---- */

static void
append (GMenu      *section,
        const char *label,
        const char *action,
        const char *key,
        gint64      id)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "x", id);
  if (key)
    g_menu_item_set_attribute (item, "accel", "s", key);
  g_menu_append_item (section, item);
}

static GMenuModel *
new_menu (const HoneExperiment *experiment)
{
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) edit = g_menu_new ();
  g_autoptr(GMenu) away = g_menu_new ();

  append (edit, _("_Rename…"), "experiment.rename", "F2", experiment->id);
  append (edit, experiment->note ? _("Edit _Note…") : _("Add _Note…"), "experiment.note", NULL, experiment->id);
  append (edit, _("_Duplicate"), "experiment.duplicate", NULL, experiment->id);
  if (experiment->archived)
    append (away, _("Bring Back from _Archive"), "experiment.unarchive", NULL, experiment->id);
  else
    append (away, _("_Archive"), "experiment.archive", NULL, experiment->id);
  append (away, _("De_lete"), "experiment.delete", "Delete", experiment->id);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (edit));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (away));
  return G_MENU_MODEL (menu);
}

/* @x, @y: inside @row. */
void
_hone_experiment_sidebar_show_menu (HoneExperimentSidebar *self,
                                    double                 x,
                                    double                 y,
                                    HoneSidebarRow        *row)
{
  const HoneExperiment *experiment = find_target (self, hone_sidebar_row_get_experiment_id (row));
  g_autoptr(GMenuModel) model = NULL;
  graphene_point_t place;

  if (!experiment || !gtk_widget_compute_point (GTK_WIDGET (row), GTK_WIDGET (self), &GRAPHENE_POINT_INIT ((float) x, (float) y), &place))
    return;
  model = new_menu (experiment);
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->menu), model);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle) { (int) place.x, (int) place.y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
menu_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  HoneExperimentSidebar *self = HONE_EXPERIMENT_SIDEBAR (widget);
  HoneSidebarRow *row = find_focused_row (self);

  if (row)
    _hone_experiment_sidebar_show_menu (self, 24, gtk_widget_get_height (GTK_WIDGET (row)), row);
}

/* ---- name and note ---- */

static void
show_dialog (GtkWidget *widget,
             GVariant  *parameter,
             gboolean   note)
{
  HoneExperimentSidebar *self = HONE_EXPERIMENT_SIDEBAR (widget);
  const HoneExperiment *experiment = find_target (self, g_variant_get_int64 (parameter));

  if (experiment)
    gtk_window_present (hone_experiment_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), self->project, experiment, note));
}

static void
rename_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  show_dialog (widget, parameter, FALSE);
}

static void
note_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  show_dialog (widget, parameter, TRUE);
}

/* ---- undo ---- */

typedef struct {
  HoneExperimentSidebar *self;
  HoneExperiment        *experiment;
  HoneExperimentChange   done;
} Undo;

static void
undo_free (gpointer data)
{
  Undo *undo = data;

  g_object_unref (undo->self);
  hone_experiment_free (undo->experiment);
  g_free (undo);
}

static void
undone_cb (GObject      *project,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(HoneExperimentSidebar) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneExperiment) experiment = hone_experiment_change_finish (HONE_PROJECT (project), result, &error);

  if (!experiment && self->project)
    hone_toast_error (GTK_WIDGET (self), error);
}

static void
undo_cb (gpointer data)
{
  const Undo *undo = data;
  HoneExperimentSidebar *self = undo->self;

  if (!self->project)
    return;
  if (undo->done == HONE_EXPERIMENT_ARCHIVE)
    hone_experiment_change_async (self->project, undo->experiment->id, HONE_EXPERIMENT_UNARCHIVE, NULL, NULL, undone_cb, g_object_ref (self));
  else if (undo->done == HONE_EXPERIMENT_DUPLICATE)
    hone_experiment_change_async (self->project, undo->experiment->id, HONE_EXPERIMENT_DELETE, NULL, NULL, undone_cb, g_object_ref (self));
  else
    hone_experiment_restore_async (self->project, undo->experiment, undone_cb, g_object_ref (self));
}

static char *
describe (HoneExperimentChange  change,
          const HoneExperiment *experiment)
{
  switch (change)
    {
    case HONE_EXPERIMENT_ARCHIVE:   return g_strdup_printf (_("“%s” is archived"), experiment->name);
    case HONE_EXPERIMENT_DELETE:    return g_strdup_printf (_("“%s” is deleted"), experiment->name);
    case HONE_EXPERIMENT_DUPLICATE: return g_strdup_printf (_("“%s” has the same settings and no iterations yet"), experiment->name);
    case HONE_EXPERIMENT_RENAME:
    case HONE_EXPERIMENT_UNARCHIVE:
    default:                        return g_strdup_printf (_("“%s” is back"), experiment->name);
    }
}

/* ---- changes ---- */

typedef struct {
  HoneExperimentSidebar *self;
  HoneExperimentChange   change;
} Change;

static void
changed_cb (GObject      *project,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autofree Change *change = user_data;
  g_autoptr(HoneExperimentSidebar) self = change->self;
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneExperiment) experiment = hone_experiment_change_finish (HONE_PROJECT (project), result, &error);
  g_autofree char *words = experiment ? describe (change->change, experiment) : NULL;
  Undo *undo;

  if (!self->project)
    return;
  if (!experiment)
    hone_toast_error (GTK_WIDGET (self), error);
  else if (change->change == HONE_EXPERIMENT_UNARCHIVE)
    hone_toast (GTK_WIDGET (self), words);
  else
    {
      undo = g_new (Undo, 1);
      *undo = (Undo) { g_object_ref (self), g_steal_pointer (&experiment), change->change };
      hone_toast_undo (GTK_WIDGET (self), words, undo_cb, undo, undo_free);
    }
}

static void
change_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  static const struct {
    const char           *action;
    HoneExperimentChange  change;
  } changes[] = {
    { "experiment.duplicate", HONE_EXPERIMENT_DUPLICATE },
    { "experiment.archive", HONE_EXPERIMENT_ARCHIVE },
    { "experiment.unarchive", HONE_EXPERIMENT_UNARCHIVE },
    { "experiment.delete", HONE_EXPERIMENT_DELETE },
  };
  HoneExperimentSidebar *self = HONE_EXPERIMENT_SIDEBAR (widget);
  const HoneExperiment *experiment = find_target (self, g_variant_get_int64 (parameter));
  gsize i = 0;
  Change *change;

  if (!experiment)
    return;
  if (is_iteration_alone (self, g_variant_get_int64 (parameter)))
    {
      hone_toast (widget, _("One iteration cannot be deleted. Delete the whole experiment from its row or menu."));
      return;
    }
  while (g_strcmp0 (changes[i].action, action) != 0)
    i++;
  change = g_new (Change, 1);
  *change = (Change) { g_object_ref (self), changes[i].change };
  hone_experiment_change_async (self->project, experiment->id, changes[i].change, NULL, NULL, changed_cb, change);
}

static const struct {
  const char               *name;
  GtkWidgetActionActivateFunc activate;
} targeted[] = {
  { "experiment.rename", rename_action },
  { "experiment.note", note_action },
  { "experiment.duplicate", change_action },
  { "experiment.archive", change_action },
  { "experiment.unarchive", change_action },
  { "experiment.delete", change_action },
};

/* A project that is only read can be looked at. */
void
_hone_experiment_sidebar_update_actions (HoneExperimentSidebar *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (targeted); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), targeted[i].name, hone_project_get_writable (self->project));
}

void
_hone_experiment_sidebar_install_actions (GtkWidgetClass *widget_class)
{
  for (gsize i = 0; i < G_N_ELEMENTS (targeted); i++)
    gtk_widget_class_install_action (widget_class, targeted[i].name, "x", targeted[i].activate);
  gtk_widget_class_install_action (widget_class, "experiment.menu", NULL, menu_action);
  gtk_widget_class_install_property_action (widget_class, "experiment.show-archived", "show-archived");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "experiment.rename", "x", CHOSEN);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "experiment.delete", "x", CHOSEN);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "experiment.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "experiment.menu", NULL);
}
