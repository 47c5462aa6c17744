/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "formats/hone-json.h"
#include "hone-example-details.h"
#include "model/hone-catalogue.h"
#include "model/hone-example-story.h"
#include "model/hone-words.h"
#include "widgets/hone-row.h"
#include "widgets/hone-toast.h"

#define MAX_CHARS 20000   /* of a text that is shown at once: a label of megabytes would stand still */

struct _HoneExampleDetails {
  AdwBin               parent_instance;

  HoneProject         *project;
  gint64               id;         /* 0: none */
  gint64               opened;     /* a text of the test split whose answers the user wanted to see */
  HoneExampleStory    *story;      /* (nullable) */
  GCancellable        *reading;    /* (nullable) */

  GtkWidget           *tools;
  GtkMenuButton       *split_button;
  GtkStack            *stack;
  GtkLabel            *hint;
  GtkLabel            *text;
  GtkListBox          *labels;
  GtkWidget           *answers_group;
  GtkListBox          *answers;
  GtkListBox          *facts;
};

G_DEFINE_FINAL_TYPE (HoneExampleDetails, hone_example_details, ADW_TYPE_BIN)

/* ---- labels ---- */

static GtkWidget *
new_label_row (const HoneLabel    *label,
               const HoneOntology *ontology)
{
  g_autofree char *title = label->categories ? hone_words_categories (ontology, label->categories) : g_strdup (_("Skipped"));
  g_autofree char *time = hone_words_time (label->time);
  g_autoptr(GString) about = g_string_new (NULL);
  GtkWidget *row;

  g_string_append_printf (about, "%s, %s, %s", label->author, hone_words_origin (label->origin), time);
  if (label->withdrawn)
    g_string_append_printf (about, ", %s", _("taken back"));
  if (label->note)
    g_string_append_printf (about, "\n%s", label->note);
  row = hone_row_new (title, about->str);
  if (label->withdrawn)
    gtk_widget_add_css_class (row, "dim-label");
  return row;
}

static void
fill_labels (HoneExampleDetails *self)
{
  const HoneOntology *ontology = hone_project_get_ontology (self->project);
  const GPtrArray *labels = self->story->labels;

  hone_row_clear_all (self->labels);
  for (guint i = labels->len; i > 0; i--)
    gtk_list_box_append (self->labels, new_label_row (g_ptr_array_index (labels, i - 1), ontology));
  if (self->story->known)
    gtk_list_box_append (self->labels, hone_row_new (_("Known answer"), _("Hidden until it is revealed by simulated labeling")));
  else if (!labels->len)
    gtk_list_box_append (self->labels, hone_row_new (_("No label yet"), NULL));
}

/* ---- answers ---- */

static GtkWidget *
new_answer_row (const HoneStoryAnswer *answer,
                const HoneOntology    *ontology)
{
  g_autofree char *name = hone_iteration_dup_name (answer->iteration);
  g_autofree char *categories = answer->answer->categories ? hone_words_categories (ontology, answer->answer->categories) : NULL;
  const char *outcome = hone_words_outcome (answer->answer->outcome);
  gboolean answered = answer->answer->outcome == HONE_OUTCOME_ANSWERED;
  const char *reason = answered ? NULL : answer->answer->reason ? answer->answer->reason : answer->answer->raw;
  g_autofree char *about = reason ? g_strdup_printf ("%s\n%s", name, reason) : NULL;
  GtkWidget *row = hone_row_new (answered && categories ? categories : outcome, about ? about : name);

  if (!isnan (answer->answer->confidence))
    {
      g_autofree char *confidence = g_strdup_printf ("%.2f", answer->answer->confidence);
      GtkWidget *label = gtk_label_new (confidence);

      gtk_widget_add_css_class (label, "numeric");
      gtk_widget_set_tooltip_text (label, _("Confidence"));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    }
  return row;
}

static GtkWidget *
new_sealed_row (HoneExampleDetails *self)
{
  GtkWidget *row = hone_row_new (_("Sealed"), _("Looking at label and answers of a test text opens the test set. Openings are listed in reports."));
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Open"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "details.open");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "details.open", hone_project_get_writable (self->project));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
fill_answers (HoneExampleDetails *self)
{
  const HoneExampleStory *story = self->story;

  hone_row_clear_all (self->answers);
  gtk_widget_set_visible (self->answers_group, story->answers->len > 0);
  if (story->example->split == HONE_SPLIT_TEST && self->opened != story->example->id)
    gtk_list_box_append (self->answers, new_sealed_row (self));
  else
    for (guint i = 0; i < story->answers->len; i++)
      gtk_list_box_append (self->answers, new_answer_row (g_ptr_array_index (story->answers, i), hone_project_get_ontology (self->project)));
}

static void
opened_cb (GObject      *project,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(HoneExampleDetails) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!hone_example_story_open_finish (HONE_PROJECT (project), result, &error))
    hone_toast_error (GTK_WIDGET (self), error);
  else if (self->story)
    {
      self->opened = self->story->example->id;
      fill_answers (self);
    }
}

static void
open_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  HoneExampleDetails *self = HONE_EXAMPLE_DETAILS (widget);

  if (self->story)
    hone_example_story_open_async (self->project, self->story, opened_cb, g_object_ref (self));
}

/* ---- facts ---- */

static void
add_fact (HoneExampleDetails *self,
          const char         *name,
          const char         *value)
{
  gtk_list_box_append (self->facts, hone_row_new_value (name, value));
}

static void
add_meta (HoneExampleDetails *self,
          const char         *meta)
{
  g_autoptr(HoneJson) json = hone_json_parse (meta, -1, NULL);

  for (gsize i = 0; i < hone_json_get_size (json); i++)
    {
      const HoneJson *member = hone_json_get_nth (json, i);
      g_autofree char *text = hone_json_dup_text (member);
      g_autoptr(GString) printed = g_string_new (NULL);

      if (!text)
        hone_json_print (member, printed);
      add_fact (self, hone_json_get_name (json, i), text ? text : printed->str);
    }
}

static void
fill_facts (HoneExampleDetails *self)
{
  const HoneExample *example = self->story->example;
  g_autofree char *number = g_strdup_printf ("#%" G_GINT64_FORMAT, example->id);

  hone_row_clear_all (self->facts);
  add_fact (self, _("Number"), number);
  if (example->external_id)
    add_fact (self, _("Id"), example->external_id);
  if (example->flag)
    add_fact (self, _("Flag"), _("set"));
  if (example->meta)
    add_meta (self, example->meta);
}

/* ---- the whole ---- */

static void
fill_text (HoneExampleDetails *self)
{
  const char *text = self->story->example->text;
  g_autofree char *part = NULL;

  if (g_utf8_strlen (text, MAX_CHARS + 1) > MAX_CHARS)
    {
      g_autofree char *start = g_utf8_substring (text, 0, MAX_CHARS);

      part = g_strconcat (start, "…", NULL);
    }
  gtk_label_set_text (self->text, part ? part : text);
}

static void
show_story (HoneExampleDetails *self)
{
  gtk_menu_button_set_label (self->split_button, hone_words_split (self->story->example->split));
  fill_text (self);
  fill_labels (self);
  fill_answers (self);
  fill_facts (self);
  gtk_stack_set_visible_child_name (self->stack, "one");
}

static void
show_hint (HoneExampleDetails *self,
           guint64             n_chosen)
{
  g_autofree char *count = hone_words_count (n_chosen);
  g_autofree char *hint = n_chosen ? g_strdup_printf (ngettext ("%s text is chosen.", "%s texts are chosen.", n_chosen), count)
                                   : g_strdup (_("Choose a text to see its labels and what the models answered."));

  g_clear_pointer (&self->story, hone_example_story_free);
  gtk_menu_button_set_label (self->split_button, _("Split"));
  gtk_label_set_text (self->hint, hint);
  gtk_stack_set_visible_child_name (self->stack, "none");
}

static void
read_cb (GObject      *project,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(HoneExampleDetails) self = user_data;
  g_autoptr(GError) error = NULL;
  HoneExampleStory *story = hone_example_story_read_finish (HONE_PROJECT (project), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_pointer (&self->story, hone_example_story_free);
  self->story = story;
  if (story)
    show_story (self);
  else
    show_hint (self, 0);
  if (error)
    hone_toast_error (GTK_WIDGET (self), error);
}

static void
stop (HoneExampleDetails *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

static void
start (HoneExampleDetails *self)
{
  stop (self);
  if (!self->id)
    return;
  self->reading = g_cancellable_new ();
  hone_example_story_read_async (self->project, self->id, self->reading, read_cb, g_object_ref (self));
}

static void
hone_example_details_dispose (GObject *object)
{
  HoneExampleDetails *self = HONE_EXAMPLE_DETAILS (object);

  stop (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), HONE_TYPE_EXAMPLE_DETAILS);
  g_clear_pointer (&self->story, hone_example_story_free);
  g_clear_object (&self->project);
  G_OBJECT_CLASS (hone_example_details_parent_class)->dispose (object);
}

static void
hone_example_details_class_init (HoneExampleDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hone_example_details_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hone_app/Hone/pages/data/hone-example-details.ui");
  gtk_widget_class_bind_template_child (widget_class, HoneExampleDetails, tools);
  gtk_widget_class_bind_template_child (widget_class, HoneExampleDetails, split_button);
  gtk_widget_class_bind_template_child (widget_class, HoneExampleDetails, stack);
  gtk_widget_class_bind_template_child (widget_class, HoneExampleDetails, hint);
  gtk_widget_class_bind_template_child (widget_class, HoneExampleDetails, text);
  gtk_widget_class_bind_template_child (widget_class, HoneExampleDetails, labels);
  gtk_widget_class_bind_template_child (widget_class, HoneExampleDetails, answers_group);
  gtk_widget_class_bind_template_child (widget_class, HoneExampleDetails, answers);
  gtk_widget_class_bind_template_child (widget_class, HoneExampleDetails, facts);
  gtk_widget_class_install_action (widget_class, "details.open", NULL, open_action);
}

static void
hone_example_details_init (HoneExampleDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hone_example_details_watch:
 * @self: new details
 * @project: what is open
 *
 * What is shown follows the project. Once.
 */
void
hone_example_details_watch (HoneExampleDetails *self,
                            HoneProject        *project)
{
  g_return_if_fail (HONE_IS_EXAMPLE_DETAILS (self) && !self->project);

  self->project = g_object_ref (project);
  g_signal_connect_object (project, "changed", G_CALLBACK (start), self, G_CONNECT_SWAPPED);
  hone_example_details_show (self, 0, 0);
}

/**
 * hone_example_details_show:
 * @self: details
 * @id: the text that is chosen, 0 where none or several are
 * @n_chosen: how many are
 *
 * What was shown stays until the new text has been read.
 */
void
hone_example_details_show (HoneExampleDetails *self,
                           gint64              id,
                           guint64             n_chosen)
{
  g_return_if_fail (HONE_IS_EXAMPLE_DETAILS (self) && self->project);

  gtk_widget_set_visible (self->tools, n_chosen > 0);
  if (id && id == self->id)
    return;
  self->id = id;
  if (id)
    {
      start (self);
      return;
    }
  stop (self);
  show_hint (self, n_chosen);
}
