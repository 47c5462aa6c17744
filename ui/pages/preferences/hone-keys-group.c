/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-keys-group.h"
#include "model/hone-label-keys.h"
#include "widgets/hone-row.h"

struct _HoneKeysGroup {
  AdwPreferencesGroup  parent_instance;

  HoneProject         *project;     /* (nullable) */
  GPtrArray           *rows;        /* of Row */
  gboolean             following;   /* rows follow the project just now */
  guint                saving;      /* how many changes are on their way */
  gboolean             disposed;
};

typedef struct {
  HoneKeysGroup *self;
  guint          id;       /* of the category */
  GtkWidget     *row;
  GtkWidget     *entry;
} Row;

G_DEFINE_FINAL_TYPE (HoneKeysGroup, hone_keys_group, ADW_TYPE_PREFERENCES_GROUP)

/* ---- what a row says ---- */

static void
tell (Row        *row,
      const char *problem)    /* (nullable) */
{
  const HoneCategory *category = hone_ontology_get_by_id (hone_project_get_ontology (row->self->project), row->id);
  gboolean chosen = category && category->shortcut && *category->shortcut;

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row->row), problem ? problem : chosen ? _("Chosen by hand") : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, problem ? problem : "", -1);
  if (problem)
    gtk_widget_add_css_class (row->row, "error");
  else
    gtk_widget_remove_css_class (row->row, "error");
}

/* Of a capital letter the labeling view wants Shift. */
static char *
show_key (gunichar key)
{
  char utf8[7] = { 0 };

  if (!key)
    return g_strdup ("–");
  g_unichar_to_utf8 (g_unichar_toupper (key), utf8);
  return g_unichar_isupper (key) ? g_strconcat ("⇧", utf8, NULL) : g_strdup (utf8);
}

static void on_changed (Row *row);

/* What was refused because of another category may be possible by now. */
static void
try_refused (HoneKeysGroup *self)
{
  for (guint i = 0; i < self->rows->len && !self->saving; i++)
    {
      Row *row = g_ptr_array_index (self->rows, i);

      if (gtk_widget_has_css_class (row->row, "error") && hone_ontology_get_by_id (hone_project_get_ontology (self->project), row->id))
        on_changed (row);
    }
}

static void
update (HoneKeysGroup *self)
{
  const HoneOntology *ontology = hone_project_get_ontology (self->project);
  g_autofree gunichar *keys = hone_label_keys_new (ontology);

  self->following = TRUE;
  for (guint i = 0; i < self->rows->len && !self->saving; i++)
    {
      Row *row = g_ptr_array_index (self->rows, i);
      gsize position = hone_ontology_get_position (ontology, row->id);
      const HoneCategory *category = position == G_MAXSIZE ? NULL : hone_ontology_get_nth (ontology, position);
      g_autofree char *key = category ? show_key (keys[position]) : NULL;

      if (!category || gtk_widget_has_css_class (row->row, "error"))
        continue;
      gtk_entry_set_placeholder_text (GTK_ENTRY (row->entry), key);
      if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (row->entry)), category->shortcut ? category->shortcut : "") != 0)
        gtk_editable_set_text (GTK_EDITABLE (row->entry), category->shortcut ? category->shortcut : "");
      tell (row, NULL);
    }
  self->following = FALSE;
  try_refused (self);
}

/* ---- saving ---- */

typedef struct {
  guint  id;
  char  *shortcut;
} Assignment;

static void
assignment_free (gpointer data)
{
  g_free (((Assignment *) data)->shortcut);
  g_free (data);
}

/* The newest categories are read in the worker: of two keys typed quickly neither undoes the other. */
static gpointer
assign (HoneStore     *store,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  const Assignment *assignment = data;
  g_autoptr(HoneOntology) now = hone_store_dup_ontology (store);
  const HoneCategory *category = hone_ontology_get_by_id (now, assignment->id);
  g_autoptr(HoneOntology) changed = NULL;

  if (!category)
    {
      g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_NOT_FOUND, _("The category is not there any more"));
      return NULL;
    }
  if (g_strcmp0 (category->shortcut ? category->shortcut : "", assignment->shortcut) == 0)
    return GINT_TO_POINTER (TRUE);
  changed = hone_label_key_assign (now, assignment->id, assignment->shortcut, error);
  return GINT_TO_POINTER (changed && hone_store_set_ontology (store, changed, error));
}

static Row *
find_row (HoneKeysGroup *self,
          guint          id)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (((Row *) g_ptr_array_index (self->rows, i))->id == id)
      return g_ptr_array_index (self->rows, i);
  return NULL;
}

typedef struct {
  HoneKeysGroup *self;
  HoneProject   *project;
  guint          id;
} Saving;

static void
saved_cb (GObject      *store,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autofree Saving *saving = user_data;
  g_autoptr(HoneKeysGroup) self = saving->self;
  g_autoptr(HoneProject) project = saving->project;
  g_autoptr(GError) error = NULL;
  gboolean good = hone_store_call_finish (HONE_STORE (store), result, &error) != NULL;
  Row *row;

  self->saving--;
  if (good)
    hone_project_changed (project, HONE_PROJECT_ONTOLOGY);
  if (self->disposed)
    return;
  row = find_row (self, saving->id);
  if (!good && row)
    tell (row, error->message);
}

static void
on_changed (Row *row)
{
  HoneKeysGroup *self = row->self;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (row->entry));
  g_autoptr(GError) error = NULL;
  Assignment *assignment;
  Saving *saving;

  if (self->following)
    return;
  if (!hone_label_key_check (hone_project_get_ontology (self->project), row->id, text, &error))
    {
      tell (row, error->message);
      return;
    }
  tell (row, NULL);
  self->saving++;
  assignment = g_new (Assignment, 1);
  *assignment = (Assignment) { row->id, g_strdup (text) };
  saving = g_new (Saving, 1);
  *saving = (Saving) { g_object_ref (self), g_object_ref (self->project), row->id };
  hone_store_call_async (hone_project_get_store (self->project), HONE_LANE_WRITE, assign, assignment, assignment_free, NULL, NULL, saved_cb,
                         saving);
}

/* ---- rows ---- */

static void
add_row (HoneKeysGroup      *self,
         const HoneCategory *category)
{
  Row *row = g_new (Row, 1);
  g_autofree char *name = g_strdup_printf (_("Key of %s"), category->name);

  *row = (Row) { self, category->id, hone_row_new (category->name, NULL), gtk_entry_new () };
  gtk_entry_set_max_length (GTK_ENTRY (row->entry), 1);
  gtk_editable_set_width_chars (GTK_EDITABLE (row->entry), 4);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (row->entry), 4);
  gtk_editable_set_alignment (GTK_EDITABLE (row->entry), 0.5f);
  gtk_widget_set_valign (row->entry, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (row->entry, hone_project_get_writable (self->project));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row->row), row->entry);
  g_signal_connect_swapped (row->entry, "changed", G_CALLBACK (on_changed), row);   /* the group owns both */
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row->row);
  g_ptr_array_add (self->rows, row);
}

static const char *
describe (HoneProject *project)
{
  if (!project)
    return _("Each project has its own keys: open one to see them.");
  if (!hone_ontology_get_size (hone_project_get_ontology (project)))
    return _("This project has no categories yet.");
  if (hone_ontology_get_size (hone_project_get_ontology (project)) > HONE_N_LABEL_KEYS)
    return _("One letter or digit for each. An empty field has the automatic key that it shows. Categories without a key are found by "
             "typing their name.");
  return _("One letter or digit for each. An empty field has the automatic key that it shows.");
}

/* ---- the object ---- */

static void
hone_keys_group_dispose (GObject *object)
{
  HoneKeysGroup *self = HONE_KEYS_GROUP (object);

  self->disposed = TRUE;
  self->following = TRUE;   /* nothing is typed any more */
  g_clear_object (&self->project);
  G_OBJECT_CLASS (hone_keys_group_parent_class)->dispose (object);
}

static void
hone_keys_group_finalize (GObject *object)
{
  g_ptr_array_unref (HONE_KEYS_GROUP (object)->rows);
  G_OBJECT_CLASS (hone_keys_group_parent_class)->finalize (object);
}

static void
hone_keys_group_class_init (HoneKeysGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hone_keys_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = hone_keys_group_finalize;
}

static void
hone_keys_group_init (HoneKeysGroup *self)
{
  self->rows = g_ptr_array_new_with_free_func (g_free);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Keys of Categories"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), describe (NULL));
}

/**
 * hone_keys_group_set_project:
 * @self: an empty group
 * @project: (nullable): whose keys to show
 */
void
hone_keys_group_set_project (HoneKeysGroup *self,
                             HoneProject   *project)
{
  g_return_if_fail (HONE_IS_KEYS_GROUP (self) && !self->project);

  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), describe (project));
  if (!project)
    return;
  self->project = g_object_ref (project);
  for (gsize i = 0; i < hone_ontology_get_size (hone_project_get_ontology (project)); i++)
    add_row (self, hone_ontology_get_nth (hone_project_get_ontology (project), i));
  g_signal_connect_object (project, "notify::ontology", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
