/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-data-words.h"
#include "hone-import-preview.h"
#include "model/hone-words.h"
#include "widgets/hone-row.h"

#define SAMPLE_CHARS 300
#define SHOWN_NAMES  12

struct _HoneImportPreview {
  GtkBox      parent_instance;

  GtkWidget  *samples_group;
  GtkListBox *samples;
  GtkWidget  *counts_group;
  GtkListBox *counts;
  GtkWidget  *problems_group;
  GtkListBox *problems;
};

G_DEFINE_FINAL_TYPE (HoneImportPreview, hone_import_preview, GTK_TYPE_BOX)

/* ---- first texts ---- */

static GtkWidget *
new_sample_row (const HoneImportSample *sample)
{
  g_autofree char *text = g_utf8_strlen (sample->text, -1) > SAMPLE_CHARS ? g_utf8_substring (sample->text, 0, SAMPLE_CHARS)
                                                                         : g_strdup (sample->text);
  g_autofree char *words = sample->words ? g_strjoinv (", ", sample->words) : g_strdup (_("without label"));
  GtkWidget *row = hone_row_new (text, words);

  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  return row;
}

static void
fill_samples (HoneImportPreview      *self,
              const HoneImportReport *report)
{
  for (guint i = 0; i < report->samples->len; i++)
    gtk_list_box_append (self->samples, new_sample_row (g_ptr_array_index (report->samples, i)));
  gtk_widget_set_visible (self->samples_group, report->samples->len > 0);
}

/* ---- counts ---- */

static void
add_count (HoneImportPreview *self,
           const char        *name,
           guint64            n)
{
  g_autofree char *count = hone_words_count (n);

  gtk_list_box_append (self->counts, hone_row_new_value (name, count));
}

static void
add_count_if_any (HoneImportPreview *self,
                  const char        *name,
                  guint64            n)
{
  if (n)
    add_count (self, name, n);
}

static void
add_categories (HoneImportPreview  *self,
                const HoneOntology *ontology)
{
  gsize n = hone_ontology_get_size (ontology);
  g_autoptr(GString) names = g_string_new (NULL);
  g_autofree char *count = hone_words_count (n);
  g_autofree char *title = g_strdup_printf (ngettext ("Makes %s category", "Makes %s categories", n), count);
  GtkWidget *row;

  for (gsize i = 0; i < n && i < SHOWN_NAMES; i++)
    g_string_append_printf (names, "%s%s", i ? ", " : "", hone_ontology_get_nth (ontology, i)->name);
  if (n > SHOWN_NAMES)
    g_string_append (names, ", …");
  row = hone_row_new (title, names->str);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  gtk_list_box_append (self->counts, row);
}

static void
fill_counts (HoneImportPreview      *self,
             const HoneImportReport *report)
{
  guint64 predictions = 0;

  for (int outcome = 0; outcome < HONE_N_OUTCOMES; outcome++)
    predictions += report->predictions[outcome];
  add_count (self, _("New texts"), report->examples);
  for (int split = 0; split < HONE_N_SPLITS; split++)
    {
      g_autofree char *name = g_strdup_printf (_("    in %s"), hone_words_split (split));

      add_count_if_any (self, name, report->splits[split]);
    }
  add_count (self, _("Labels"), report->labels);
  if (report->current != report->labels)
    add_count (self, _("    that count: the newest of each author"), report->current);
  add_count_if_any (self, _("Known answers, hidden until they are revealed"), report->known);
  add_count_if_any (self, _("Skipped by their author"), report->skipped);
  add_count_if_any (self, _("Answers of models"), predictions);
  add_count_if_any (self, _("Failed answers, which are not kept"), report->failed);
  if (report->new_ontology)
    add_categories (self, report->new_ontology);
}

/* ---- problems ---- */

static GtkWidget *
new_problem_row (const HoneImportProblem *problem)
{
  g_autofree char *place = hone_data_words_place (problem->path, problem->line, problem->field);
  g_autofree char *about = place && problem->message ? g_strdup_printf ("%s: %s", place, problem->message) : NULL;
  GtkWidget *row = hone_row_new (hone_data_words_warning (problem->code), about ? about : place ? place : problem->message);

  if (problem->refused)
    {
      GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-error-symbolic");

      gtk_widget_add_css_class (icon, "error");
      gtk_widget_set_tooltip_text (icon, _("This record cannot be imported"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, _("This record cannot be imported"), -1);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), icon);
    }
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  return row;
}

/* One row for each kind, which opens to the first places. */
static void
add_warning (HoneImportPreview      *self,
             const HoneImportReport *report,
             const char             *code,
             guint64                 n)
{
  g_autofree char *count = hone_words_count (n);
  GtkWidget *row = adw_expander_row_new ();
  guint shown = 0;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), hone_data_words_warning (code));
  for (guint i = 0; i < report->problems->len; i++)
    {
      const HoneImportProblem *problem = g_ptr_array_index (report->problems, i);

      if (!g_str_equal (problem->code, code))
        continue;
      adw_expander_row_add_row (ADW_EXPANDER_ROW (row), new_problem_row (problem));
      shown++;
    }
  if (shown < n)
    {
      g_autofree char *more = g_strdup_printf (_("and %" G_GUINT64_FORMAT " more"), n - shown);

      adw_expander_row_add_row (ADW_EXPANDER_ROW (row), hone_row_new (more, NULL));
    }
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), count);
  gtk_list_box_append (self->problems, row);
}

static void
fill_problems (HoneImportPreview      *self,
               const HoneImportReport *report)
{
  guint64 refused = report->refused;

  for (int code = 0; code < HONE_N_WARNINGS; code++)
    {
      guint64 n = report->warnings[code];

      /* A record that cannot be read is counted under refused alone. */
      if (code == HONE_WARNING_MALFORMED)
        for (guint i = 0; i < report->problems->len; i++)
          n += g_str_equal (((HoneImportProblem *) g_ptr_array_index (report->problems, i))->code,
                            hone_warning_code_to_string (HONE_WARNING_MALFORMED));
      if (n)
        add_warning (self, report, hone_warning_code_to_string (code), n);
    }
  gtk_widget_set_visible (self->problems_group, report->n_problems > 0 || refused > 0);
}

static void
hone_import_preview_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HONE_TYPE_IMPORT_PREVIEW);
  G_OBJECT_CLASS (hone_import_preview_parent_class)->dispose (object);
}

static void
hone_import_preview_class_init (HoneImportPreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hone_import_preview_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hone_app/Hone/pages/data/hone-import-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, HoneImportPreview, samples_group);
  gtk_widget_class_bind_template_child (widget_class, HoneImportPreview, samples);
  gtk_widget_class_bind_template_child (widget_class, HoneImportPreview, counts_group);
  gtk_widget_class_bind_template_child (widget_class, HoneImportPreview, counts);
  gtk_widget_class_bind_template_child (widget_class, HoneImportPreview, problems_group);
  gtk_widget_class_bind_template_child (widget_class, HoneImportPreview, problems);
}

static void
hone_import_preview_init (HoneImportPreview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hone_import_preview_show (self, NULL);
}

/**
 * hone_import_preview_show:
 * @self: a preview
 * @report: (nullable): of a dry run; %NULL: nothing is known
 */
void
hone_import_preview_show (HoneImportPreview      *self,
                          const HoneImportReport *report)
{
  g_return_if_fail (HONE_IS_IMPORT_PREVIEW (self));

  hone_row_clear_all (self->samples);
  hone_row_clear_all (self->counts);
  hone_row_clear_all (self->problems);
  gtk_widget_set_visible (GTK_WIDGET (self), report != NULL);
  if (!report)
    return;
  fill_samples (self, report);
  fill_counts (self, report);
  fill_problems (self, report);
}
