/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "compat/hone-compat.h"
#include "hone-storage-group.h"
#include "jobs/hone-data-folder.h"
#include "model/hone-words.h"
#include "widgets/hone-row.h"
#include "widgets/hone-toast.h"

#define LISTED 200   /* more is summed up */

struct _HoneStorageGroup {
  AdwPreferencesGroup  parent_instance;

  HoneDataSurvey      *survey;       /* (nullable): being measured */
  GCancellable        *cancellable;
  GPtrArray           *rows;         /* of GtkWidget: what is shown of the survey */
  GtkSwitch           *gone;         /* (nullable): the missing projects are gone for good */
  AdwActionRow        *clean;        /* how much would be freed, and the button */
};

G_DEFINE_FINAL_TYPE (HoneStorageGroup, hone_storage_group, ADW_TYPE_PREFERENCES_GROUP)

/* ---- what is shown ---- */

static void
show_row (HoneStorageGroup *self,
          GtkWidget        *row)
{
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

static void
clear_rows (HoneStorageGroup *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  self->gone = NULL;
  self->clean = NULL;
}

static char *
count_kind (HoneDataKind kind,
            guint        n)
{
  g_autofree char *count = hone_words_count (n);

  switch (kind)
    {
    case HONE_DATA_MODELS: return g_strdup_printf (ngettext ("%s model", "%s models", n), count);
    case HONE_DATA_RUNS:   return g_strdup_printf (ngettext ("%s run", "%s runs", n), count);
    case HONE_DATA_PROJECTS:
    default:               return g_strdup_printf (ngettext ("%s file", "%s files", n), count);
    }
}

static void
show_kind (HoneStorageGroup *self,
           HoneDataKind      kind,
           const char       *title,
           const char       *subtitle)
{
  g_autofree char *size = g_format_size (self->survey->sizes[kind]);
  g_autofree char *count = count_kind (kind, self->survey->counts[kind]);
  /* Translators: how many things there are (“5 models”), and how large they are together */
  g_autofree char *value = self->survey->counts[kind] ? g_strdup_printf (_("%s, %s"), count, size) : g_strdup (_("none"));
  GtkWidget *row = hone_row_new_value (title, value);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  show_row (self, row);
}

static const char *
name_kind (HoneDataKind kind)
{
  switch (kind)
    {
    case HONE_DATA_MODELS:   return _("Model");
    case HONE_DATA_RUNS:     return _("Files of a run");
    case HONE_DATA_PROJECTS:
    default:                 return _("File");
    }
}

static void
list_items (AdwExpanderRow *row,
            GPtrArray      *items)
{
  for (guint i = 0; i < MIN (items->len, LISTED); i++)
    {
      const HoneDataItem *item = g_ptr_array_index (items, i);
      g_autofree char *size = g_format_size (item->size);
      g_autofree char *name = g_filename_display_basename (item->path);
      GtkWidget *one = hone_row_new_value (name_kind (item->kind), size);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (one), name);
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (one), 1);
      adw_expander_row_add_row (row, one);
    }
  if (items->len > LISTED)
    {
      g_autofree char *more = g_strdup_printf (ngettext ("and %u more", "and %u more", items->len - LISTED), items->len - LISTED);

      adw_expander_row_add_row (row, hone_row_new (more, NULL));
    }
}

static char *
sum_up (GPtrArray *items)
{
  g_autofree char *size = g_format_size (hone_data_sum (items));

  return items->len ? g_strdup_printf (ngettext ("%u thing, %s", "%u things, %s", items->len), items->len, size) : g_strdup (_("Nothing"));
}

static AdwExpanderRow *
new_expander (const char *title,
              const char *subtitle,
              gboolean    full)
{
  GtkWidget *row = adw_expander_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle);
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (row), full);
  return ADW_EXPANDER_ROW (row);
}

static guint64
sum_to_free (HoneStorageGroup *self)
{
  return hone_data_sum (self->survey->spare) + (self->gone && gtk_switch_get_active (self->gone) ? hone_data_sum (self->survey->if_gone) : 0);
}

static gboolean
has_to_free (HoneStorageGroup *self)
{
  return self->survey->spare->len > 0 || (self->gone && gtk_switch_get_active (self->gone));
}

static void
update (HoneStorageGroup *self)
{
  g_autofree char *size = NULL, *words = NULL;

  if (!self->survey || !self->clean)
    return;
  size = g_format_size (sum_to_free (self));
  words = has_to_free (self) ? g_strdup_printf (_("Frees %s"), size) : g_strdup (_("All that lies there is needed, or not a day old"));
  adw_action_row_set_subtitle (self->clean, words);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "storage.clean", has_to_free (self));
}

static void
show_missing (HoneStorageGroup *self)
{
  GPtrArray *missing = self->survey->missing;
  g_autofree char *about = g_strdup_printf (ngettext ("%u, and it may need any model: what only it may need is kept",
                                                      "%u, and they may need any model: what only they may need is kept", missing->len),
                                            missing->len);
  AdwExpanderRow *expander = new_expander (_("Projects That Were Not Found"), about, TRUE);
  g_autofree char *sum = sum_up (self->survey->if_gone);
  g_autofree char *frees = g_strdup_printf (_("Take away what only they may need: %s"), sum);
  GtkWidget *row = hone_row_new (_("They are gone for good"), frees);

  self->gone = GTK_SWITCH (gtk_switch_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->gone), GTK_ALIGN_CENTER);
  g_signal_connect_object (self->gone, "notify::active", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), GTK_WIDGET (self->gone));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), GTK_WIDGET (self->gone));
  adw_expander_row_add_row (expander, row);
  for (guint i = 0; i < MIN (missing->len, LISTED); i++)
    adw_expander_row_add_row (expander, hone_row_new (g_ptr_array_index (missing, i), NULL));
  show_row (self, GTK_WIDGET (expander));
}

static void
show_clean (HoneStorageGroup *self)
{
  GtkWidget *row = hone_row_new (_("Clean Up"), NULL), *button = gtk_button_new_with_mnemonic (_("_Clean Up…"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "storage.clean");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  self->clean = ADW_ACTION_ROW (row);
  show_row (self, row);
}

static void
show_survey (HoneStorageGroup *self)
{
  g_autofree char *folder = g_filename_display_name (self->survey->folder), *spare = sum_up (self->survey->spare);
  AdwExpanderRow *expander = new_expander (_("Needed by No Project"), spare, self->survey->spare->len > 0);

  clear_rows (self);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), folder);
  show_kind (self, HONE_DATA_MODELS, _("Models"), _("What iterations have learnt"));
  show_kind (self, HONE_DATA_RUNS, _("Runs"), _("Logs and working files of runs"));
  show_kind (self, HONE_DATA_PROJECTS, _("Sample and Others"), _("The sample project, once it was opened"));
  list_items (expander, self->survey->spare);
  show_row (self, GTK_WIDGET (expander));
  if (self->survey->missing->len)
    show_missing (self);
  show_clean (self);
  update (self);
}

/* ---- measuring ---- */

static void
surveyed_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(HoneStorageGroup) self = user_data;
  g_autoptr(GError) error = NULL;
  HoneDataSurvey *survey = hone_data_survey_finish (result, &error);

  if (!survey)
    return;   /* the window is closed */
  g_clear_pointer (&self->survey, hone_data_survey_free);
  self->survey = survey;
  show_survey (self);
}

static void
measure (HoneStorageGroup *self)
{
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), _("Measuring…"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "storage.clean", FALSE);
  hone_data_survey_async (self->cancellable, surveyed_cb, g_object_ref (self));
}

/* ---- cleaning up ---- */

static void
cleaned_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(HoneStorageGroup) self = user_data;
  g_autoptr(GError) error = NULL;
  guint64 freed;
  gboolean good = hone_data_clean_finish (result, &freed, &error);
  g_autofree char *size = g_format_size (freed), *words = g_strdup_printf (_("%s freed"), size);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (good)
    hone_toast (GTK_WIDGET (self), words);
  else
    hone_toast_error (GTK_WIDGET (self), error);
  measure (self);
}

static void
confirmed_cb (GObject      *widget,
              GAsyncResult *result,
              gpointer      user_data)
{
  HoneStorageGroup *self = HONE_STORAGE_GROUP (widget);

  if (!hone_compat_confirm_finish (GTK_WIDGET (self), result) || !self->survey)
    return;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "storage.clean", FALSE);
  hone_data_clean_async (g_steal_pointer (&self->survey), self->gone && gtk_switch_get_active (self->gone), self->cancellable, cleaned_cb,
                         g_object_ref (self));
}

/* A removed model cannot come back by undo: so this asks. */
static void
clean_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  HoneStorageGroup *self = HONE_STORAGE_GROUP (widget);
  gboolean gone = self->gone && gtk_switch_get_active (self->gone);
  guint n = self->survey->spare->len + (gone ? self->survey->if_gone->len : 0);
  g_autofree char *size = g_format_size (sum_to_free (self));
  g_autofree char *heading = g_strdup_printf (_("Free %s?"), size);
  g_autofree char *body = g_strdup_printf (gone ? ngettext ("%u file or folder that only missing projects may need is removed for good.",
                                                            "%u files and folders that none or only missing projects may need are removed for good.", n)
                                                : ngettext ("%u file or folder that no project needs is removed for good.",
                                                            "%u files and folders that no project needs are removed for good.", n), n);

  hone_compat_confirm_async (widget, heading, body, _("_Remove"), TRUE, confirmed_cb, NULL);
}

/* ---- the object ---- */

static void
hone_storage_group_dispose (GObject *object)
{
  HoneStorageGroup *self = HONE_STORAGE_GROUP (object);

  g_cancellable_cancel (self->cancellable);
  self->gone = NULL;
  self->clean = NULL;
  G_OBJECT_CLASS (hone_storage_group_parent_class)->dispose (object);
}

static void
hone_storage_group_finalize (GObject *object)
{
  HoneStorageGroup *self = HONE_STORAGE_GROUP (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->survey, hone_data_survey_free);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (hone_storage_group_parent_class)->finalize (object);
}

static void
hone_storage_group_class_init (HoneStorageGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hone_storage_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = hone_storage_group_finalize;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "storage.clean", NULL, clean_action);
}

static void
hone_storage_group_init (HoneStorageGroup *self)
{
  self->rows = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Data Folder"));
  measure (self);
}
