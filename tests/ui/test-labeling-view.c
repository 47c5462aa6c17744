/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labeling as a person meets it: keys, buttons, what is shown, where the focus is. */
#include "config.h"

#include "hone-fault-vfs.h"
#include "pages/labeling/hone-category-finder.h"
#include "pages/labeling/hone-category-pad.h"
#include "pages/labeling/hone-labeling-view.h"
#include "pages/labeling/hone-reveal-dialog.h"
#include "store/hone-store-labels.h"
#include "ui-display.h"
#include "ui-support.h"
#include "widgets/hone-chip-bar.h"

#define KNOWN 150   /* texts whose answer is hidden */

/* ---- projects ---- */

static char *
new_project (gsize n)
{
  return ui_support_new_project (n);
}

static char *
new_project_of_several (gsize n)
{
  return ui_support_new_project_of (HONE_CHOICE_SEVERAL, 3);
}

static char *
new_project_of_many (gsize n)
{
  return ui_support_new_project_of (HONE_CHOICE_ONE, 40);
}

static char *
new_project_with_known (gsize n)
{
  return ui_support_new_project_with_known (n);
}

/* ---- the view ---- */

typedef struct {
  char             *path;
  HoneProject      *project;
  HoneSelection    *selection;
  GtkWidget        *view;
  HoneLabeling     *labeling;
  GtkWindow        *window;
  GtkWidget        *wanted_focus;   /* borrowed */
} Fixture;

typedef char *(*Maker) (gsize n);

typedef struct {
  Maker make;
  gsize n;
} Recipe;

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static gboolean
is_settled (gpointer labeling)
{
  HoneLabelingProgress progress;

  hone_labeling_get_progress (labeling, &progress);
  return progress.complete && hone_labeling_get_state (labeling) != HONE_LABELING_LOADING;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  const Recipe *recipe = data;

  fixture->path = recipe->make (recipe->n);
  fixture->project = ui_support_open (fixture->path);
  fixture->selection = hone_selection_new ();
  fixture->view = hone_labeling_view_new (fixture->project, fixture->selection);
  fixture->labeling = hone_labeling_view_get_labeling (HONE_LABELING_VIEW (fixture->view));
  fixture->window = ui_display_show (fixture->view);
  ui_support_wait (is_settled, fixture->labeling);
  gtk_widget_grab_focus (fixture->view);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gpointer view = fixture->view, labeling = fixture->labeling;

  g_object_add_weak_pointer (view, &view);
  g_object_add_weak_pointer (labeling, &labeling);
  gtk_window_destroy (fixture->window);
  ui_support_wait (is_gone, &view);
  ui_support_wait (is_gone, &labeling);
  ui_display_settle ();
  ui_support_close (fixture->project);
  g_object_unref (fixture->project);
  g_object_unref (fixture->selection);
  g_free (fixture->path);
}

static GtkWidget *
find_mapped (GtkWidget *inside,
             GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (inside, type) && gtk_widget_get_mapped (inside))
    return inside;
  for (GtkWidget *child = gtk_widget_get_first_child (inside); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_mapped (child, type);

      if (found)
        return found;
    }
  return NULL;
}

typedef struct {
  GtkWidget  *inside;
  const char *text;
} Shown;

static char *
dup_shown (GtkWidget *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (ui_display_find (view, GTK_TYPE_TEXT_VIEW)));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static gboolean
is_shown (gpointer data)
{
  const Shown *wanted = data;
  g_autofree char *shown = dup_shown (wanted->inside);

  return g_str_equal (shown, wanted->text);
}

static void
wait_text (Fixture    *fixture,
           const char *text)
{
  Shown wanted = { fixture->view, text };

  ui_support_wait (is_shown, &wanted);
}

/* As the controller of the view sees it: FALSE, whatever has the focus gets it. */
static gboolean
press (Fixture         *fixture,
       guint            keyval,
       GdkModifierType  state)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (fixture->view);
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        {
          g_assert_cmpint (gtk_event_controller_get_propagation_phase (controller), ==, GTK_PHASE_CAPTURE);
          g_signal_emit_by_name (controller, "key-pressed", keyval, 0, state, &handled);
        }
    }
  return handled;
}

static GtkWidget *
focus_of (Fixture *fixture)
{
  return gtk_root_get_focus (GTK_ROOT (fixture->window));
}

/* Of a text, G_MAXUINT: none; of several the sum. */
static guint
label_of (Fixture    *fixture,
          const char *external_id)
{
  g_autoptr(GError) error = NULL;
  HoneStore *store = hone_project_get_store (fixture->project);
  gint64 id = hone_store_find_example (store, external_id, &error);
  g_autoptr(GPtrArray) examples = hone_store_get_examples (store, &id, 1, &error);
  HoneExample *example;
  const guint *ids;
  gsize n;
  guint sum = 0;

  g_assert_no_error (error);
  example = g_ptr_array_index (examples, 0);
  if (!example->reference)
    return G_MAXUINT;
  ids = hone_category_set_get_ids (example->reference, &n);
  for (gsize i = 0; i < n; i++)
    sum += ids[i];
  return sum;
}

/* ---- keys ---- */

/* Of the fixture's texts the even ones have no label. */
static void
test_keys (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWidget *page = focus_of (fixture);

  wait_text (fixture, "text 0");
  g_assert_true (gtk_widget_is_ancestor (page, fixture->view));
  ui_display_wait_for (fixture->view, "1 / 5");
  g_assert_true (press (fixture, GDK_KEY_2, 0));
  wait_text (fixture, "text 2");
  g_assert_cmpuint (label_of (fixture, "t0"), ==, 2);
  g_assert_true (focus_of (fixture) == page);
  ui_display_wait_for (fixture->view, "2 / 5");
  ui_display_wait_for (fixture->view, "1 labelled today");

  g_assert_true (press (fixture, GDK_KEY_KP_1, 0));
  wait_text (fixture, "text 4");
  g_assert_cmpuint (label_of (fixture, "t2"), ==, 1);
  g_assert_true (press (fixture, GDK_KEY_s, 0));
  wait_text (fixture, "text 6");
  g_assert_cmpuint (label_of (fixture, "t4"), ==, G_MAXUINT);

  g_assert_true (press (fixture, GDK_KEY_BackSpace, 0));
  wait_text (fixture, "text 4");
  g_assert_true (press (fixture, GDK_KEY_z, GDK_CONTROL_MASK));
  wait_text (fixture, "text 2");
  g_assert_cmpuint (label_of (fixture, "t2"), ==, G_MAXUINT);
  g_assert_true (press (fixture, GDK_KEY_Z, GDK_CONTROL_MASK | GDK_SHIFT_MASK));
  wait_text (fixture, "text 4");
  g_assert_cmpuint (label_of (fixture, "t2"), ==, 1);
  g_assert_true (focus_of (fixture) == page);
}

static gboolean
can_undo (gpointer labeling)
{
  return hone_labeling_can_undo (labeling);
}

/* No key is taken that is none; arrows look around; capitals of Caps Lock are small letters. */
static void
test_other_keys (Fixture       *fixture,
                 gconstpointer  data)
{
  wait_text (fixture, "text 0");
  g_assert_false (press (fixture, GDK_KEY_3, 0));
  g_assert_false (press (fixture, GDK_KEY_q, 0));
  g_assert_false (press (fixture, GDK_KEY_1, GDK_CONTROL_MASK));
  g_assert_false (press (fixture, GDK_KEY_1, GDK_ALT_MASK));
  g_assert_false (press (fixture, GDK_KEY_Tab, 0));
  g_assert_true (press (fixture, GDK_KEY_Right, 0));
  wait_text (fixture, "text 2");
  g_assert_true (press (fixture, GDK_KEY_Left, 0));
  wait_text (fixture, "text 0");
  g_assert_true (press (fixture, GDK_KEY_F, GDK_LOCK_MASK));
  ui_display_wait_for (fixture->view, "flagged");
  ui_support_wait (can_undo, fixture->labeling);
  g_assert_true (press (fixture, GDK_KEY_b, 0));
  g_assert_true (hone_labeling_get_blind (fixture->labeling));
  g_assert_true (press (fixture, GDK_KEY_space, 0));

  gtk_widget_grab_focus (ui_display_find_button (fixture->view, "Skip"));
  g_assert_false (press (fixture, GDK_KEY_space, 0));
  g_assert_false (press (fixture, GDK_KEY_Return, 0));
  g_assert_false (press (fixture, GDK_KEY_Right, 0));
  g_assert_true (press (fixture, GDK_KEY_1, 0));
  wait_text (fixture, "text 2");
}

static gboolean
has_focus (gpointer data)
{
  Fixture *fixture = data;

  return focus_of (fixture) == fixture->wanted_focus;
}

/* While somebody writes, keys are letters. */
static void
test_note (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWidget *page = focus_of (fixture);
  GtkWidget *entry;

  wait_text (fixture, "text 0");
  g_assert_true (press (fixture, GDK_KEY_n, 0));
  ui_display_settle ();
  entry = find_mapped (fixture->view, GTK_TYPE_ENTRY);
  g_assert_nonnull (entry);
  g_assert_true (gtk_widget_is_ancestor (focus_of (fixture), entry));
  g_assert_false (press (fixture, GDK_KEY_1, 0));
  g_assert_false (press (fixture, GDK_KEY_s, 0));
  g_assert_false (press (fixture, GDK_KEY_BackSpace, 0));
  gtk_test_accessible_assert_property (entry, GTK_ACCESSIBLE_PROPERTY_LABEL, "Note on this text");
  gtk_editable_set_text (GTK_EDITABLE (entry), "odd one");
  g_signal_emit_by_name (entry, "activate");
  ui_display_wait_for (fixture->view, "note: odd one");
  ui_support_wait (can_undo, fixture->labeling);
  wait_text (fixture, "text 0");
  fixture->wanted_focus = page;
  ui_support_wait (has_focus, fixture);
  g_assert_true (press (fixture, GDK_KEY_1, 0));
  wait_text (fixture, "text 2");
}

/* ---- buttons ---- */

static void
test_buttons (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWidget *page = focus_of (fixture);
  GtkWidget *odd = ui_display_find_button (fixture->view, "Odd"), *even = ui_display_find_button (fixture->view, "Even");

  wait_text (fixture, "text 0");
  gtk_test_accessible_assert_property (odd, GTK_ACCESSIBLE_PROPERTY_LABEL, "Odd");
  gtk_test_accessible_assert_property (odd, GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS, "2");
  gtk_widget_grab_focus (odd);
  g_signal_emit_by_name (odd, "clicked");
  wait_text (fixture, "text 2");
  g_assert_true (focus_of (fixture) == page);
  g_assert_cmpuint (label_of (fixture, "t0"), ==, 2);
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (odd)));

  g_signal_emit_by_name (ui_display_find_button (fixture->view, "Undo"), "clicked");
  wait_text (fixture, "text 0");
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (odd)));
  g_signal_emit_by_name (even, "clicked");
  wait_text (fixture, "text 2");
  g_assert_true (press (fixture, GDK_KEY_Left, 0));
  wait_text (fixture, "text 0");
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (even)));
  gtk_test_accessible_assert_state (even, GTK_ACCESSIBLE_STATE_PRESSED, GTK_ACCESSIBLE_TRISTATE_TRUE);
  g_assert_true (ui_display_find_button (fixture->view, "Odd") == odd);
}

/* ---- several ---- */

static void
test_several (Fixture       *fixture,
              gconstpointer  data)
{
  wait_text (fixture, "text 0");
  g_assert_true (press (fixture, GDK_KEY_1, 0));
  g_assert_true (press (fixture, GDK_KEY_2, 0));
  g_assert_true (press (fixture, GDK_KEY_3, 0));
  g_assert_true (press (fixture, GDK_KEY_2, 0));
  wait_text (fixture, "text 0");
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (ui_display_find_button (fixture->view, "Topic 1"))));
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (ui_display_find_button (fixture->view, "Topic 2"))));
  g_assert_cmpuint (label_of (fixture, "text 0"), ==, G_MAXUINT);
  g_assert_true (press (fixture, GDK_KEY_Return, 0));
  wait_text (fixture, "text 1");
  g_assert_cmpuint (label_of (fixture, "text 0"), ==, 4);
  press (fixture, GDK_KEY_Return, 0);                                /* nothing is chosen */
  ui_display_settle ();
  wait_text (fixture, "text 1");
}

/* ---- more categories than keys ---- */

static void
test_many (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWidget *finder = ui_display_find (fixture->view, HONE_TYPE_CATEGORY_FINDER), *entry = ui_display_find (finder, GTK_TYPE_ENTRY);

  wait_text (fixture, "text 0");
  g_assert_false (gtk_widget_get_mapped (ui_display_find (fixture->view, HONE_TYPE_CATEGORY_PAD)));
  gtk_widget_grab_focus (fixture->view);
  g_assert_true (gtk_widget_is_ancestor (focus_of (fixture), entry));
  g_assert_false (press (fixture, GDK_KEY_1, 0));
  g_assert_false (press (fixture, GDK_KEY_s, 0));
  gtk_editable_set_text (GTK_EDITABLE (entry), "topic 38");
  g_assert_false (press (fixture, GDK_KEY_z, GDK_CONTROL_MASK));    /* the entry's own undo */
  g_signal_emit_by_name (entry, "activate");
  wait_text (fixture, "text 1");
  g_assert_cmpuint (label_of (fixture, "text 0"), ==, 38);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
  g_assert_true (gtk_widget_is_ancestor (focus_of (fixture), entry));
  g_assert_true (press (fixture, GDK_KEY_s, GDK_ALT_MASK));
  wait_text (fixture, "text 2");
  g_assert_true (press (fixture, GDK_KEY_z, GDK_CONTROL_MASK));
  wait_text (fixture, "text 1");
}

/* ---- filters and orders ---- */

/* What a cell of the matrix asks for. */
static void
test_filter (Fixture       *fixture,
             gconstpointer  data)
{
  GtkWidget *chips = ui_display_find (fixture->view, HONE_TYPE_CHIP_BAR);
  g_autoptr(HoneFilter) filter = NULL;
  const HoneFilter all = HONE_FILTER_ALL;

  wait_text (fixture, "text 0");
  ui_display_wait_for (chips, "Not labelled yet");
  filter = hone_filter_copy (&all);
  filter->reference = hone_category_set_new_single (2);
  hone_selection_set_filter (fixture->selection, filter);
  ui_support_wait (is_settled, fixture->labeling);
  wait_text (fixture, "text 3");                                     /* 1 + 3 / 2 % 2 */
  ui_display_wait_for (chips, "Label: Odd");
  g_assert_false (ui_display_says (chips, "Not labelled yet"));
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (ui_display_find_button (fixture->view, "Odd"))));
  ui_display_wait_for (fixture->view, "labelled Odd");
  g_assert_true (press (fixture, GDK_KEY_1, 0));
  wait_text (fixture, "text 7");
  g_assert_cmpuint (label_of (fixture, "t3"), ==, 1);
  ui_display_wait_for (fixture->view, "2 / 2");

  g_signal_emit_by_name (gtk_widget_get_first_child (chips), "clicked");
  wait_text (fixture, "text 0");
  ui_display_wait_for (chips, "Not labelled yet");
  g_signal_emit_by_name (gtk_widget_get_first_child (chips), "clicked");
  ui_display_wait_for (fixture->view, "1 / 10");
  g_assert_null (gtk_widget_get_first_child (chips));
}

static void
test_orders (Fixture       *fixture,
             gconstpointer  data)
{
  GtkDropDown *order = GTK_DROP_DOWN (ui_display_find (fixture->view, GTK_TYPE_DROP_DOWN));

  gtk_test_accessible_assert_property (order, GTK_ACCESSIBLE_PROPERTY_LABEL, "Order of the texts");
  gtk_drop_down_set_selected (order, HONE_QUEUE_RANDOM);
  g_assert_cmpint (hone_selection_get_order (fixture->selection), ==, HONE_QUEUE_RANDOM);
  gtk_drop_down_set_selected (order, HONE_QUEUE_UNCERTAIN);          /* there is no iteration */
  g_assert_cmpint (hone_selection_get_order (fixture->selection), ==, HONE_QUEUE_RANDOM);
  g_assert_cmpuint (gtk_drop_down_get_selected (order), ==, HONE_QUEUE_RANDOM);
  gtk_drop_down_set_selected (order, HONE_QUEUE_DISAGREE);           /* nor two experiments */
  g_assert_cmpint (hone_selection_get_order (fixture->selection), ==, HONE_QUEUE_RANDOM);
  gtk_popover_popup (GTK_POPOVER (ui_display_find (GTK_WIDGET (order), GTK_TYPE_POPOVER)));
  ui_display_wait_for (GTK_WIDGET (order), "Choose an iteration first");
  ui_display_wait_for (GTK_WIDGET (order), "Needs answers of two experiments to the same texts");
  gtk_popover_popdown (GTK_POPOVER (ui_display_find (GTK_WIDGET (order), GTK_TYPE_POPOVER)));
  hone_selection_set_order (fixture->selection, HONE_QUEUE_IMPORTED);
  g_assert_cmpuint (gtk_drop_down_get_selected (order), ==, HONE_QUEUE_IMPORTED);
}

/* ---- no text ---- */

static void
test_empty (Fixture       *fixture,
            gconstpointer  data)
{
  ui_display_wait_for (fixture->view, "No Texts Yet");
  press (fixture, GDK_KEY_1, 0);
  press (fixture, GDK_KEY_s, 0);
}

static void
test_done (Fixture       *fixture,
           gconstpointer  data)
{
  HoneFilter filter = HONE_FILTER_ALL;

  wait_text (fixture, "text 0");
  filter.flag = 1;
  hone_selection_set_filter (fixture->selection, &filter);
  ui_display_wait_for (fixture->view, "These Are Done");
  g_signal_emit_by_name (ui_display_find_button (fixture->view, "Clear Filters"), "clicked");
  wait_text (fixture, "text 0");
  g_assert_true (press (fixture, GDK_KEY_1, 0));
  wait_text (fixture, "text 2");
  g_assert_true (press (fixture, GDK_KEY_1, 0));
  ui_display_wait_for (fixture->view, "Every Text Has a Label");
  g_assert_true (press (fixture, GDK_KEY_BackSpace, 0));
  wait_text (fixture, "text 2");
  g_assert_true (press (fixture, GDK_KEY_s, 0));
  ui_display_wait_for (fixture->view, "Nothing Left but What You Skipped");
  g_signal_emit_by_name (ui_display_find_button (fixture->view, "Show Them Again"), "clicked");
  wait_text (fixture, "text 2");
}

/* ---- what goes wrong ---- */

static gboolean
has_failed (gpointer labeling)
{
  return hone_labeling_has_failed (labeling);
}

/* A label that is not on disk stays to be seen until somebody does something about it. */
static void
test_failure (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWidget *page = focus_of (fixture);

  wait_text (fixture, "text 0");
  hone_fault_vfs_arm (1);
  g_assert_true (press (fixture, GDK_KEY_2, 0));
  ui_support_wait (has_failed, fixture->labeling);
  ui_display_wait_for (fixture->view, "Not saved: ");
  g_assert_true (hone_fault_vfs_disarm ());
  wait_text (fixture, "text 0");
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (ui_display_find_button (fixture->view, "Odd"))));
  g_assert_cmpuint (label_of (fixture, "t0"), ==, G_MAXUINT);
  g_signal_emit_by_name (ui_display_find_button (fixture->view, "Save Again"), "clicked");
  wait_text (fixture, "text 2");
  g_assert_cmpuint (label_of (fixture, "t0"), ==, 2);
  ui_display_settle ();
  g_assert_false (ui_display_says (fixture->view, "Not saved: "));
  g_assert_true (focus_of (fixture) == page);
}

/* ---- known answers ---- */

static GtkWidget *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWidget) window = g_list_model_get_item (windows, i);

      if (HONE_IS_REVEAL_DIALOG (window))
        return window;
    }
  return NULL;
}

static gboolean
has_revealed (gpointer data)
{
  Fixture *fixture = data;

  return hone_labeling_count_known (fixture->labeling) == KNOWN - 100;
}

static void
test_reveal (Fixture       *fixture,
             gconstpointer  data)
{
  HoneFilter simulated = HONE_FILTER_ALL;
  gpointer dialog;

  wait_text (fixture, "text 0");
  g_assert_true (gtk_widget_activate_action (fixture->view, "label.reveal", NULL));
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  g_object_add_weak_pointer (dialog, &dialog);
  ui_display_wait_for (dialog, "150 training texts without a label have a known answer.");
  g_assert_cmpfloat (gtk_spin_button_get_value (GTK_SPIN_BUTTON (ui_display_find (dialog, GTK_TYPE_SPIN_BUTTON))), ==, 100);
  simulated.reference_state = HONE_REFERENCE_LABELLED;
  g_assert_cmpuint (hone_store_count (hone_project_get_store (fixture->project), &simulated, NULL, NULL), ==, 0);
  g_assert_true (gtk_widget_activate_action (dialog, "reveal.run", NULL));
  ui_support_wait (is_gone, &dialog);
  g_assert_cmpuint (hone_store_count (hone_project_get_store (fixture->project), &simulated, NULL, NULL), ==, 100);
  ui_support_wait (has_revealed, fixture);
  ui_display_wait_for (fixture->view, "1 / 50");
}

/* ---- around the text ---- */

static gboolean
has_large (gpointer view)
{
  return gtk_widget_has_css_class (view, "large");
}

/* With room come the last decisions, to be looked at again; definitions are a key away. */
static void
test_room (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWidget *list, *popover;

  wait_text (fixture, "text 0");
  g_assert_true (press (fixture, GDK_KEY_2, 0));
  wait_text (fixture, "text 2");
  g_assert_false (ui_display_says (fixture->view, "Last decisions"));
  gtk_window_set_default_size (fixture->window, 1000, 640);
  ui_support_wait (has_large, fixture->view);
  ui_display_wait_for (fixture->view, "Last decisions");
  list = gtk_widget_get_ancestor (ui_display_find (fixture->view, GTK_TYPE_LIST_BOX_ROW), GTK_TYPE_LIST_BOX);
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0));
  wait_text (fixture, "text 0");
  g_assert_true (press (fixture, GDK_KEY_1, 0));
  wait_text (fixture, "text 2");
  g_assert_cmpuint (label_of (fixture, "t0"), ==, 1);

  g_assert_true (press (fixture, GDK_KEY_question, GDK_SHIFT_MASK));
  ui_display_wait_for (fixture->view, "no definition yet");
  popover = gtk_widget_get_last_child (fixture->view);
  g_assert_true (GTK_IS_POPOVER (popover));
  g_assert_false (press (fixture, GDK_KEY_1, 0));                    /* what is read is not the text */
  gtk_popover_popdown (GTK_POPOVER (popover));
  ui_display_settle ();
  g_assert_true (press (fixture, GDK_KEY_1, 0));
  wait_text (fixture, "text 4");
}

int
main (int    argc,
      char **argv)
{
  static const Recipe ten = { new_project, 10 }, three = { new_project, 3 }, none = { new_project, 0 };
  static const Recipe several = { new_project_of_several, 0 }, many = { new_project_of_many, 0 }, known = { new_project_with_known, KNOWN };
  static const struct {
    const char   *name;
    const Recipe *recipe;
    void        (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/ui/labeling-view/keys", &ten, test_keys },         { "/ui/labeling-view/other-keys", &ten, test_other_keys },
    { "/ui/labeling-view/note", &ten, test_note },         { "/ui/labeling-view/buttons", &ten, test_buttons },
    { "/ui/labeling-view/several", &several, test_several }, { "/ui/labeling-view/many", &many, test_many },
    { "/ui/labeling-view/filter", &ten, test_filter },     { "/ui/labeling-view/orders", &ten, test_orders },
    { "/ui/labeling-view/empty", &none, test_empty },      { "/ui/labeling-view/done", &three, test_done },
    { "/ui/labeling-view/failure", &ten, test_failure },   { "/ui/labeling-view/reveal", &known, test_reveal },
    { "/ui/labeling-view/room", &ten, test_room },
  };

  hone_fault_vfs_install ();
  if (!ui_display_init (&argc, &argv))
    return 0;
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, tests[i].recipe, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
