/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "hone-plan-list.h"

struct _HonePlanList {
  AdwBin      parent_instance;

  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (HonePlanList, hone_plan_list, ADW_TYPE_BIN)

/* What a row says it is, to eyes and ears. */
typedef struct {
  const char *icon;
  const char *name;      /* (nullable) */
  const char *css;       /* (nullable) */
} Kind;

static const Kind kind_error = { "dialog-error-symbolic", N_("Error"), "error" };
static const Kind kind_warning = { "dialog-warning-symbolic", N_("Warning"), "warning" };
static const Kind kind_fact = { "go-next-symbolic", NULL, "dim-label" };

static GtkWidget *
add_row (HonePlanList *self,
         const Kind   *kind,
         const char   *title,
         const char   *subtitle)
{
  GtkWidget *row = adw_action_row_new (), *image = gtk_image_new_from_icon_name (kind->icon);
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  g_autofree char *below = subtitle ? g_markup_escape_text (subtitle, -1) : NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  if (below)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), below);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_add_css_class (image, kind->css);
  if (kind->name)
    gtk_accessible_update_property (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_PROPERTY_LABEL, _(kind->name), -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_append (self->list, row);
  return row;
}

static void G_GNUC_PRINTF (4, 5)
add_fact (HonePlanList *self,
          const Kind   *kind,
          const char   *subtitle,
          const char   *format,
          ...)
{
  g_autofree char *title = NULL;
  va_list arguments;

  va_start (arguments, format);
  title = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  add_row (self, kind, title, subtitle);
}

/* "Media 80 · World News 80 · …" */
static char *
describe_categories (const HoneTunePlan *plan)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < hone_ontology_get_size (plan->ontology); i++)
    g_string_append_printf (text, "%s%s %" G_GUINT64_FORMAT, i ? " · " : "", hone_ontology_get_nth (plan->ontology, i)->name,
                            plan->per_category[i]);
  return g_string_free (text, FALSE);
}

static char *
describe_time (double seconds)
{
  if (isnan (seconds))
    return g_strdup (_("How long it takes is not known yet: nothing was trained on this computer so far"));
  if (seconds < 1)
    return g_strdup (_("Takes less than a second, by what earlier trainings took here"));
  if (seconds < 90)
    return g_strdup_printf (_("Takes about %.0f s, by what earlier trainings took here"), seconds);
  return g_strdup_printf (_("Takes about %.0f min, by what earlier trainings took here"), seconds / 60);
}

static void
add_problem (HonePlanList          *self,
             const HonePlanProblem *problem)
{
  GtkWidget *row = add_row (self, problem->blocks ? &kind_error : &kind_warning, problem->message, NULL);
  GtkWidget *button;

  if (g_strcmp0 (problem->code, "conflicts") != 0)
    return;
  button = gtk_button_new_with_mnemonic (_("_Show"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "iteration.show-conflicts");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Show texts with near copies"), -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
add_facts (HonePlanList       *self,
           const HoneTunePlan *plan)
{
  g_autofree char *categories = describe_categories (plan);
  g_autofree char *duration = describe_time (plan->seconds);

  if (plan->is_new)
    add_fact (self, &kind_fact, NULL, _("Makes the experiment “%s” and scores its untouched model as iteration 0"), plan->experiment);
  add_fact (self, &kind_fact, categories, _("Trains iteration %d on %" G_GUINT64_FORMAT " labels"), plan->number, plan->n_labels);
  if (plan->n_unlabelled)
    add_fact (self, &kind_fact, NULL, _("Learns from confident guesses about %" G_GUINT64_FORMAT " unlabelled texts too"), plan->n_unlabelled);
  add_fact (self, &kind_fact, NULL, _("Asks it about %" G_GUINT64_FORMAT " validation texts and scores the %" G_GUINT64_FORMAT " with a label"),
            plan->n_asked, plan->n_scored);
  add_fact (self, &kind_fact, _("Nothing leaves this computer"), "%s", duration);
}

static void
clear (HonePlanList *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))))
    gtk_list_box_remove (self->list, row);
}

static void
hone_plan_list_class_init (HonePlanListClass *klass)
{
}

static void
hone_plan_list_init (HonePlanList *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What will happen"), -1);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->list));
}

/**
 * hone_plan_list_show:
 * @self: a list
 * @plan: (nullable): what would be done
 * @error: (nullable): one more error, above all others
 *
 * Shows a plan. What stands in the way comes first, then what happens, then what to think of.
 */
void
hone_plan_list_show (HonePlanList       *self,
                     const HoneTunePlan *plan,
                     const char         *error)
{
  g_return_if_fail (HONE_IS_PLAN_LIST (self));

  clear (self);
  if (error)
    add_row (self, &kind_error, error, NULL);
  if (!plan)
    return;
  for (guint i = 0; i < plan->problems->len; i++)
    if (((HonePlanProblem *) g_ptr_array_index (plan->problems, i))->blocks)
      add_problem (self, g_ptr_array_index (plan->problems, i));
  if (!plan->refusal)
    add_facts (self, plan);
  for (guint i = 0; i < plan->problems->len; i++)
    if (!((HonePlanProblem *) g_ptr_array_index (plan->problems, i))->blocks)
      add_problem (self, g_ptr_array_index (plan->problems, i));
}
