/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What keys, buttons and menus do. */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-definitions-popover.h"
#include "hone-labeling-view-private.h"
#include "hone-reveal-dialog.h"
#include "widgets/hone-toast.h"

/* ---- actions ---- */

static void
labeling_action (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  static const struct {
    const char *name;
    void      (*run) (HoneLabeling *labeling);
  } actions[] = {
    { "label.save", hone_labeling_save },         { "label.skip", hone_labeling_skip },       { "label.flag", hone_labeling_toggle_flag },
    { "label.undo", hone_labeling_undo },         { "label.redo", hone_labeling_redo },       { "label.next", hone_labeling_next },
    { "label.previous", hone_labeling_previous }, { "label.restart", hone_labeling_restart }, { "label.retry", hone_labeling_retry },
    { "label.discard", hone_labeling_discard },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (actions[i].name, action))
      actions[i].run (HONE_LABELING_VIEW (widget)->labeling);
  gtk_widget_grab_focus (widget);
}

static void
note_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  gtk_menu_button_popup (HONE_LABELING_VIEW (widget)->note_button);
}

static void
clear_filters_action (GtkWidget  *widget,
                      const char *action,
                      GVariant   *parameter)
{
  g_action_group_activate_action (G_ACTION_GROUP (HONE_LABELING_VIEW (widget)->filter_actions), "clear", NULL);
  gtk_widget_grab_focus (widget);
}

/* ---- definitions ---- */

/* Not while it is still closing. */
static gboolean
forget_definitions_cb (gpointer data)
{
  HoneLabelingView *self = data;

  if (self->definitions && !gtk_widget_get_visible (self->definitions))
    {
      g_clear_pointer (&self->definitions, gtk_widget_unparent);
      gtk_widget_grab_focus (GTK_WIDGET (self));
    }
  return G_SOURCE_REMOVE;
}

static void
on_definitions_closed (HoneLabelingView *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, forget_definitions_cb, g_object_ref (self), g_object_unref);
}

/* It stands over the categories that it explains. */
static void
definitions_action (GtkWidget  *widget,
                    const char *action,
                    GVariant   *parameter)
{
  HoneLabelingView *self = HONE_LABELING_VIEW (widget);
  graphene_rect_t place;

  g_clear_pointer (&self->definitions, gtk_widget_unparent);
  self->definitions = hone_definitions_popover_new (hone_project_get_ontology (hone_labeling_get_project (self->labeling)));
  gtk_popover_set_position (GTK_POPOVER (self->definitions), GTK_POS_TOP);
  if (gtk_widget_get_mapped (self->choices) && gtk_widget_compute_bounds (self->choices, widget, &place))
    gtk_popover_set_pointing_to (GTK_POPOVER (self->definitions), &(GdkRectangle) { (int) place.origin.x, (int) place.origin.y,
                                                                                      (int) place.size.width, (int) place.size.height });
  gtk_widget_set_parent (self->definitions, widget);
  g_signal_connect_object (self->definitions, "closed", G_CALLBACK (on_definitions_closed), self, G_CONNECT_SWAPPED);
  gtk_popover_popup (GTK_POPOVER (self->definitions));
}

/* ---- known answers ---- */

static void
on_revealed (HoneLabelingView *self,
             const char       *words)
{
  hone_toast (GTK_WIDGET (self), words);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
reveal_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  HoneLabelingView *self = HONE_LABELING_VIEW (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  HoneRevealDialog *dialog = hone_reveal_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, self->labeling);

  g_signal_connect_object (dialog, "revealed", G_CALLBACK (on_revealed), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * _hone_labeling_view_install_actions:
 * @widget_class: of the view
 *
 * Names everything that the view can be told to do.
 */
void
_hone_labeling_view_install_actions (GtkWidgetClass *widget_class)
{
  static const char * const names[] = { "label.save",     "label.skip",    "label.flag",  "label.undo",   "label.redo", "label.next",
                                        "label.previous", "label.restart", "label.retry", "label.discard" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    gtk_widget_class_install_action (widget_class, names[i], NULL, labeling_action);
  gtk_widget_class_install_action (widget_class, "label.note", NULL, note_action);
  gtk_widget_class_install_action (widget_class, "label.clear-filters", NULL, clear_filters_action);
  gtk_widget_class_install_action (widget_class, "label.definitions", NULL, definitions_action);
  gtk_widget_class_install_action (widget_class, "label.reveal", NULL, reveal_action);
  gtk_widget_class_install_property_action (widget_class, "label.blind", "blind");
  gtk_widget_class_install_property_action (widget_class, "label.only-open", "only-open");
  gtk_widget_class_install_property_action (widget_class, "label.review", "review");
}

/**
 * _hone_labeling_view_update_actions:
 * @self: a view
 *
 * What cannot be done now cannot be asked for.
 */
void
_hone_labeling_view_update_actions (HoneLabelingView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  HoneProject *project = hone_labeling_get_project (self->labeling);
  gboolean writable = hone_project_get_writable (project);
  gboolean text = hone_labeling_get_state (self->labeling) == HONE_LABELING_TEXT;
  gboolean failed = hone_labeling_has_failed (self->labeling);

  gtk_widget_action_set_enabled (widget, "label.save", text && writable && hone_labeling_get_chosen (self->labeling));
  gtk_widget_action_set_enabled (widget, "label.skip", text && writable);
  gtk_widget_action_set_enabled (widget, "label.flag", text && writable && !failed);
  gtk_widget_action_set_enabled (widget, "label.note", text && writable && !failed);
  gtk_widget_set_sensitive (GTK_WIDGET (self->note_button), text && writable && !failed);
  gtk_widget_action_set_enabled (widget, "label.undo", writable && hone_labeling_can_undo (self->labeling));
  gtk_widget_action_set_enabled (widget, "label.redo", writable && hone_labeling_can_redo (self->labeling));
  gtk_widget_action_set_enabled (widget, "label.definitions", hone_ontology_get_size (hone_project_get_ontology (project)) > 0);
  gtk_widget_action_set_enabled (widget, "label.reveal", writable && hone_labeling_count_known (self->labeling) > 0);
}

/* ---- keys ---- */

typedef enum {
  ANYWHERE,      /* in the view, but for entries */
  READING,       /* where no button has the focus: Enter and Space are theirs, arrows go from one to the next */
  ALWAYS,        /* in the entry for categories too */
  EMPTY_ENTRY,   /* there only where nothing is typed */
} Where;

static const struct {
  guint            keyval;
  GdkModifierType  modifiers;
  Where            where;
  const char      *action;
} commands[] = {
  { GDK_KEY_s, 0, ANYWHERE, "label.skip" },
  { GDK_KEY_f, 0, ANYWHERE, "label.flag" },
  { GDK_KEY_n, 0, ANYWHERE, "label.note" },
  { GDK_KEY_b, 0, ANYWHERE, "label.blind" },
  { GDK_KEY_s, GDK_ALT_MASK, ALWAYS, "label.skip" },
  { GDK_KEY_f, GDK_ALT_MASK, ALWAYS, "label.flag" },
  { GDK_KEY_n, GDK_ALT_MASK, ALWAYS, "label.note" },
  { GDK_KEY_b, GDK_ALT_MASK, ALWAYS, "label.blind" },
  { GDK_KEY_BackSpace, 0, ANYWHERE, "label.undo" },
  { GDK_KEY_BackSpace, GDK_SHIFT_MASK, ANYWHERE, "label.redo" },
  { GDK_KEY_z, GDK_CONTROL_MASK, EMPTY_ENTRY, "label.undo" },
  { GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, EMPTY_ENTRY, "label.redo" },
  { GDK_KEY_y, GDK_CONTROL_MASK, EMPTY_ENTRY, "label.redo" },
  { GDK_KEY_question, GDK_SHIFT_MASK, ANYWHERE, "label.definitions" },
  { GDK_KEY_question, 0, EMPTY_ENTRY, "label.definitions" },
  { GDK_KEY_F1, GDK_SHIFT_MASK, ALWAYS, "label.definitions" },
  { GDK_KEY_Return, 0, READING, "label.save" },
  { GDK_KEY_KP_Enter, 0, READING, "label.save" },
  { GDK_KEY_Left, 0, READING, "label.previous" },
  { GDK_KEY_Right, 0, READING, "label.next" },
  { GDK_KEY_Left, GDK_ALT_MASK, ALWAYS, "label.previous" },
  { GDK_KEY_Right, GDK_ALT_MASK, ALWAYS, "label.next" },
};

static gboolean
fits (HoneLabelingView *self,
      Where             where,
      GtkWidget        *focus)   /* (nullable) */
{
  gboolean typing = GTK_IS_EDITABLE (focus);

  if (where == ALWAYS)
    return TRUE;
  if (where == EMPTY_ENTRY)
    return !typing || (gtk_widget_is_ancestor (focus, GTK_WIDGET (self->finder)) && hone_category_finder_is_empty (self->finder));
  return !typing && (where == ANYWHERE || focus == self->page || focus == GTK_WIDGET (self->text));
}

static const char *
find_command (HoneLabelingView *self,
              guint             keyval,
              GdkModifierType   modifiers,
              GtkWidget        *focus)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (commands[i].keyval == keyval && commands[i].modifiers == modifiers && fits (self, commands[i].where, focus))
      return commands[i].action;
  return NULL;
}

/* Long texts are read on with the keys of a reader. */
static gboolean
scroll (HoneLabelingView *self,
        guint             keyval,
        GtkWidget        *focus)
{
  static const struct {
    guint         keyval;
    GtkScrollType scroll;
  } keys[] = {
    { GDK_KEY_Up, GTK_SCROLL_STEP_UP },        { GDK_KEY_Down, GTK_SCROLL_STEP_DOWN },      { GDK_KEY_Page_Up, GTK_SCROLL_PAGE_UP },
    { GDK_KEY_Page_Down, GTK_SCROLL_PAGE_DOWN }, { GDK_KEY_space, GTK_SCROLL_PAGE_DOWN },   { GDK_KEY_Home, GTK_SCROLL_START },
    { GDK_KEY_End, GTK_SCROLL_END },
  };
  gboolean scrolled;

  for (gsize i = 0; i < G_N_ELEMENTS (keys) && fits (self, READING, focus); i++)
    if (keys[i].keyval == keyval)
      {
        g_signal_emit_by_name (self->scroller, "scroll-child", keys[i].scroll, FALSE, &scrolled);
        return TRUE;
      }
  return FALSE;
}

/* On keyboards where digits need Shift, or letters are not Latin, the key itself counts. */
static gunichar
latin_of (HoneLabelingView *self,
          guint             keycode)
{
  g_autofree GdkKeymapKey *keys = NULL;
  g_autofree guint *keyvals = NULL;
  int n = 0;

  if (!gdk_display_map_keycode (gtk_widget_get_display (GTK_WIDGET (self)), keycode, &keys, &keyvals, &n))
    return 0;
  for (int i = 0; i < n; i++)
    {
      gunichar letter = gdk_keyval_to_unicode (gdk_keyval_to_lower (keyvals[i]));

      if (letter < 128 && g_ascii_isalnum ((char) letter))
        return letter;
    }
  return 0;
}

static gboolean
pick (HoneLabelingView *self,
      guint             keyval,
      guint             keycode,
      gboolean          shift)
{
  gunichar letter = gdk_keyval_to_unicode (gdk_keyval_to_lower (keyval));

  if (letter && hone_category_pad_press (self->pad, shift && g_unichar_isalpha (letter) ? g_unichar_toupper (letter) : letter))
    return TRUE;
  if (!shift && letter && !(letter < 128 && g_ascii_isalnum ((char) letter)))
    return hone_category_pad_press (self->pad, latin_of (self, keycode));
  return FALSE;
}

/**
 * _hone_labeling_view_key:
 * @self: a view
 * @keyval: what was pressed
 * @keycode: where that is on the keyboard
 * @state: with which other keys
 *
 * Keys label wherever the focus is in the view, but not while somebody writes, and not in menus above it.
 *
 * Returns: whether it was for labeling
 */
gboolean
_hone_labeling_view_key (HoneLabelingView *self,
                         guint             keyval,
                         guint             keycode,
                         GdkModifierType   state)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;
  GdkModifierType modifiers = state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK);
  const char *action;

  if (focus && gtk_widget_get_native (focus) != gtk_widget_get_native (GTK_WIDGET (self)))
    return FALSE;
  action = find_command (self, gdk_keyval_to_lower (keyval), modifiers, focus);
  if (action)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), action, NULL);
      return TRUE;
    }
  if (GTK_IS_EDITABLE (focus))
    return FALSE;
  if (!modifiers && scroll (self, keyval, focus))
    return TRUE;
  if (modifiers & ~GDK_SHIFT_MASK || !gtk_widget_get_mapped (GTK_WIDGET (self->pad)))
    return FALSE;
  return pick (self, keyval, keycode, (modifiers & GDK_SHIFT_MASK) != 0);
}

/**
 * _hone_labeling_view_name_keys:
 * @self: a view
 *
 * Where one types to find categories, letters need Alt.
 */
void
_hone_labeling_view_name_keys (HoneLabelingView *self)
{
  gboolean typing = gtk_widget_get_visible (GTK_WIDGET (self->finder));

  gtk_label_set_text (self->skip_key, typing ? _("Alt+S") : "s");
  gtk_label_set_text (self->note_key, typing ? _("Alt+N") : "n");
  gtk_label_set_text (self->flag_key, typing ? _("Alt+F") : "f");
  gtk_label_set_text (self->blind_key, typing ? _("Alt+B") : "b");
  gtk_label_set_text (self->undo_key, typing ? _("Ctrl+Z") : "⌫");
}
