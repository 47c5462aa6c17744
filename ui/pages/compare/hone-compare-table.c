/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "hone-compare-table.h"
#include "hone-difference-bar.h"
#include "reports/hone-report-text.h"

struct _HoneCompareTable {
  GtkWidget             parent_instance;

  GtkGrid              *grid;
  int                   row;          /* being filled */
  GPtrArray            *names;        /* of char*: the columns */
  GString              *text;

  /* While it is filled: */
  HoneComparing        *comparing;
  const HoneComparison *comparison;
  gsize                 base;
};

G_DEFINE_FINAL_TYPE (HoneCompareTable, hone_compare_table, GTK_TYPE_WIDGET)

/* ---- cells ---- */

static GtkWidget *
new_label (const char *text,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "numeric");
  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
wrap (GtkWidget *label,
      int        chars)
{
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), chars);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
}

/* What a cell says to who does not see its place: “Accuracy, n-grams · 2: 0.846, 0.79 to 0.89”. */
static void
name_cell (HoneCompareTable *self,
           GtkWidget        *cell,
           const char       *row,
           gsize             column,
           const char       *says)
{
  g_autofree char *name = g_strdup_printf ("%s, %s: %s", row, (const char *) g_ptr_array_index (self->names, column), says);

  gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
begin_row (HoneCompareTable *self,
           const char       *name)
{
  GtkWidget *label = new_label (name, "dim-label");

  wrap (label, 26);
  gtk_label_set_width_chars (GTK_LABEL (label), 12);
  gtk_grid_attach (self->grid, label, 0, self->row, 1, 1);
  g_string_append (self->text, name);
}

static void
end_row (HoneCompareTable *self)
{
  g_string_append_c (self->text, '\n');
  self->row++;
}

static void
put (HoneCompareTable *self,
     gsize             column,
     GtkWidget        *cell,
     const char       *text)
{
  gtk_widget_set_valign (cell, GTK_ALIGN_START);
  gtk_grid_attach (self->grid, cell, (int) column + 1, self->row, 1, 1);
  g_string_append_printf (self->text, "\t%s", text);
}

static void
put_section (HoneCompareTable *self,
             const char       *title)
{
  GtkWidget *label = new_label (title, "heading");

  gtk_widget_set_margin_top (label, 12);
  gtk_grid_attach (self->grid, label, 0, self->row++, (int) self->comparison->n_iterations + 1, 1);
  g_string_append_printf (self->text, "\n%s\n", title);
}

/* ---- head ---- */

static void
put_head (HoneCompareTable *self)
{
  begin_row (self, "");
  for (gsize i = 0; i < self->comparison->n_iterations; i++)
    {
      const HoneIteration *iteration = self->comparison->evaluations[i]->iteration;
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *experiment = new_label (iteration->experiment, "caption");
      g_autofree char *number = g_strdup_printf (_("Iteration %d"), iteration->number);
      g_autofree char *marked = i == self->base ? g_strdup_printf (_("%s (base)"), number) : NULL;

      gtk_label_set_ellipsize (GTK_LABEL (experiment), PANGO_ELLIPSIZE_END);
      gtk_label_set_max_width_chars (GTK_LABEL (experiment), 18);
      gtk_widget_set_tooltip_text (experiment, iteration->experiment);
      gtk_box_append (GTK_BOX (box), experiment);
      gtk_box_append (GTK_BOX (box), new_label (marked ? marked : number, "heading"));
      put (self, i, box, g_ptr_array_index (self->names, i));
    }
  end_row (self);
}

static GtkWidget *
new_verdict (const HoneChange *change)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *label;
  g_autofree char *words = hone_report_format_mcnemar (change->broken->len, change->fixed->len, change->p);
  gboolean better = change->fixed->len > change->broken->len;

  if (change->p < 0.05)
    {
      GtkWidget *icon = gtk_image_new_from_icon_name (better ? "go-up-symbolic" : "go-down-symbolic");

      gtk_widget_set_valign (icon, GTK_ALIGN_START);
      gtk_box_append (GTK_BOX (box), icon);
    }
  label = new_label (words, change->p >= 0.05 ? "dim-label" : better ? "success" : "error");
  wrap (label, 16);
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

static void
put_verdicts (HoneCompareTable *self)
{
  g_autofree char *base = hone_comparing_dup_name (self->comparing, self->base);
  g_autofree char *name = g_strdup_printf (_("Against %s"), base);

  begin_row (self, name);
  for (gsize i = 0; i < self->comparison->n_iterations; i++)
    {
      HoneChange change;
      g_autofree char *words = NULL;

      if (i == self->base)
        {
          put (self, i, new_label ("–", "dim-label"), "–");
          continue;
        }
      change = hone_comparison_get_change (self->comparison, self->base, i);
      words = hone_report_format_mcnemar (change.broken->len, change.fixed->len, change.p);
      put (self, i, new_verdict (&change), words);
      name_cell (self, gtk_grid_get_child_at (self->grid, (int) i + 1, self->row), name, i, words);
    }
  end_row (self);
}

/* ---- measures ---- */

static GtkWidget *
new_estimate (const HoneEstimate *estimate,
              gboolean            best)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *value = isnan (estimate->value) ? g_strdup ("–") : g_strdup_printf ("%.3f", estimate->value);
  g_autofree char *interval = g_strdup_printf (_("%.3f to %.3f"), estimate->low, estimate->high);

  gtk_box_append (GTK_BOX (line), new_label (value, best ? "heading" : NULL));
  if (best)
    gtk_box_append (GTK_BOX (line), new_label (_("best"), "caption-heading"));
  gtk_box_append (GTK_BOX (box), line);
  if (!isnan (estimate->low) && !isnan (estimate->high))
    {
      GtkWidget *below = new_label (interval, "caption");

      gtk_widget_add_css_class (below, "dim-label");
      gtk_box_append (GTK_BOX (box), below);
    }
  return box;
}

static char *
describe_estimate (const HoneEstimate *estimate,
                   gboolean            best)
{
  g_autofree char *value = isnan (estimate->value) ? g_strdup ("–") : g_strdup_printf ("%.3f", estimate->value);
  g_autofree char *interval = isnan (estimate->low) ? NULL : g_strdup_printf (_("%.3f to %.3f"), estimate->low, estimate->high);
  g_autofree char *both = interval ? g_strdup_printf ("%s (%s)", value, interval) : g_strdup (value);

  return best ? g_strdup_printf (_("%s, best"), both) : g_steal_pointer (&both);
}

static gboolean
is_known (const HoneComparison *comparison,
          HoneMeasure           measure)
{
  for (gsize i = 0; i < comparison->n_iterations; i++)
    if (!isnan (comparison->evaluations[i]->scores->measures[measure].value))
      return TRUE;
  return FALSE;
}

static void
put_measure (HoneCompareTable *self,
             HoneMeasure       measure)
{
  gsize best = hone_comparison_find_best (self->comparison, measure);

  begin_row (self, hone_measure_get_name (measure));
  for (gsize i = 0; i < self->comparison->n_iterations; i++)
    {
      const HoneEstimate *estimate = &self->comparison->evaluations[i]->scores->measures[measure];
      g_autofree char *says = describe_estimate (estimate, i == best);
      GtkWidget *cell = new_estimate (estimate, i == best);

      put (self, i, cell, says);
      name_cell (self, cell, hone_measure_get_name (measure), i, says);
    }
  end_row (self);
}

/* With choice rule “one” the Jaccard index of a text is its accuracy. */
static void
put_measures (HoneCompareTable *self)
{
  static const HoneMeasure measures[] = { HONE_MEASURE_IOU_SCORE, HONE_MEASURE_ACCURACY, HONE_MEASURE_MEAN_JACCARD, HONE_MEASURE_MEAN_IOU,
                                          HONE_MEASURE_MACRO_F1, HONE_MEASURE_KAPPA, HONE_MEASURE_LOG_LOSS, HONE_MEASURE_CALIBRATION_ERROR };
  gboolean one = hone_ontology_get_choice (self->comparison->evaluations[0]->ontology) == HONE_CHOICE_ONE;

  for (gsize m = 0; m < G_N_ELEMENTS (measures); m++)
    if (is_known (self->comparison, measures[m]) && !(one && measures[m] == HONE_MEASURE_MEAN_JACCARD))
      put_measure (self, measures[m]);
}

/* ---- settings ---- */

/* Stable words as people read them; settings of a method stay as they are written. */
static const char *
setting_name (const char *name)
{
  static const struct {
    const char *name, *words;
  } known[] = {
    { "baseline", N_("Baseline") }, { "trainer", N_("Trainer") }, { "method", N_("Method") }, { "base", N_("Base model") },
    { "seed", N_("Seed") }, { "minutes", N_("Minutes allowed") }, { "template", N_("Template") }, { "ontology", N_("Categories, version") },
    { "labels", N_("Labels learnt from") }, { "pseudo-labels", N_("Pseudo-labels") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i].name, name))
      return _(known[i].words);
  return name;
}

static void
put_setting (HoneCompareTable            *self,
             const HoneSettingDifference *setting)
{
  const char *name = setting_name (setting->name);

  begin_row (self, name);
  for (gsize i = 0; setting->values[i]; i++)
    {
      GtkWidget *label = new_label (setting->values[i], NULL);

      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_max_width_chars (GTK_LABEL (label), 18);
      gtk_widget_set_tooltip_text (label, setting->values[i]);
      put (self, i, label, setting->values[i]);
      name_cell (self, label, name, i, setting->values[i]);
    }
  end_row (self);
}

static void
put_settings (HoneCompareTable *self)
{
  g_autofree HoneIteration **iterations = g_new (HoneIteration *, self->comparison->n_iterations);
  g_autoptr(GPtrArray) settings = NULL;

  for (gsize i = 0; i < self->comparison->n_iterations; i++)
    iterations[i] = self->comparison->evaluations[i]->iteration;
  settings = hone_compare_settings (iterations, self->comparison->n_iterations);
  if (settings->len == 0)
    return;
  put_section (self, _("Settings that differ"));
  for (guint i = 0; i < settings->len; i++)
    put_setting (self, g_ptr_array_index (settings, i));
}

/* ---- categories ---- */

static double
class_value (const HoneComparison *comparison,
             gsize                 iteration,
             gsize                 nth,
             HoneClassMeasure      measure)
{
  const HoneClassScore *score = &comparison->evaluations[iteration]->scores->classes[nth];

  switch (measure)
    {
    case HONE_CLASS_IOU:       return score->iou;
    case HONE_CLASS_PRECISION: return score->precision;
    case HONE_CLASS_RECALL:    return score->recall;
    case HONE_CLASS_F1:
    default:                   return score->f1;
    }
}

/* The greatest difference from the base fills half a bar. */
static double
find_scale (HoneCompareTable *self,
            HoneClassMeasure  measure)
{
  double scale = 0;

  for (gsize i = 0; i < self->comparison->n_iterations; i++)
    for (gsize c = 0; c < self->comparison->evaluations[i]->scores->n_classes; c++)
      {
        double difference = class_value (self->comparison, i, c, measure) - class_value (self->comparison, self->base, c, measure);

        if (isfinite (difference))
          scale = MAX (scale, fabs (difference));
      }
  return scale > 0 ? scale : 1;
}

static void
put_class_cell (HoneCompareTable *self,
                const char       *row,
                gsize             column,
                double            value,
                double            difference,
                double            scale)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3), *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *number = isnan (value) ? g_strdup ("–") : g_strdup_printf ("%.2f", value);
  g_autofree char *moved = isnan (difference) || column == self->base ? NULL : g_strdup_printf ("%+.2f", difference);
  g_autofree char *says = moved ? g_strdup_printf ("%s (%s)", number, moved) : g_strdup (number);

  gtk_box_append (GTK_BOX (line), new_label (number, NULL));
  if (moved)
    gtk_box_append (GTK_BOX (line), new_label (moved, "dim-label"));
  gtk_box_append (GTK_BOX (box), line);
  if (moved)
    {
      GtkWidget *bar = hone_difference_bar_new (difference / scale);

      gtk_widget_set_halign (bar, GTK_ALIGN_START);
      gtk_box_append (GTK_BOX (box), bar);
    }
  put (self, column, box, says);
  name_cell (self, box, row, column, says);
}

static void
put_class (HoneCompareTable *self,
           gsize             nth,
           HoneClassMeasure  measure,
           double            scale)
{
  const HoneEvaluation *base = self->comparison->evaluations[self->base];
  const HoneClassScore *score = &base->scores->classes[nth];
  const HoneCategory *category = hone_ontology_get_by_id (base->ontology, score->category);
  g_autofree char *name = g_strdup_printf (_("%s (%" G_GUINT64_FORMAT ")"), category ? category->name : "?", score->support);

  begin_row (self, name);
  for (gsize i = 0; i < self->comparison->n_iterations; i++)
    {
      double value = class_value (self->comparison, i, nth, measure);

      put_class_cell (self, name, i, value, value - class_value (self->comparison, self->base, nth, measure), scale);
    }
  end_row (self);
}

/* All iterations are scored over the same categories, the newest of the project. */
static void
put_classes (HoneCompareTable *self,
             HoneClassMeasure  measure)
{
  static const char * const titles[] = { N_("F1 of each category"), N_("IoU of each category"), N_("Precision of each category"),
                                         N_("Recall of each category") };
  double scale = find_scale (self, measure);
  gsize n = self->comparison->evaluations[self->base]->scores->n_classes;

  put_section (self, _(titles[measure]));
  for (gsize i = 0; i < self->comparison->n_iterations; i++)
    n = MIN (n, self->comparison->evaluations[i]->scores->n_classes);
  for (gsize c = 0; c < n; c++)
    put_class (self, c, measure, scale);
}

/* ---- the object ---- */

static void
clear (HoneCompareTable *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))))
    gtk_grid_remove (self->grid, child);
  g_ptr_array_set_size (self->names, 0);
  g_string_truncate (self->text, 0);
  self->row = 0;
}

static void
hone_compare_table_dispose (GObject *object)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (object));

  if (child)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (hone_compare_table_parent_class)->dispose (object);
}

static void
hone_compare_table_finalize (GObject *object)
{
  HoneCompareTable *self = HONE_COMPARE_TABLE (object);

  g_ptr_array_unref (self->names);
  g_string_free (self->text, TRUE);
  G_OBJECT_CLASS (hone_compare_table_parent_class)->finalize (object);
}

static void
hone_compare_table_class_init (HoneCompareTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hone_compare_table_dispose;
  object_class->finalize = hone_compare_table_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TABLE);
}

static void
hone_compare_table_init (HoneCompareTable *self)
{
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->text = g_string_new (NULL);
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_row_spacing (self->grid, 6);
  gtk_grid_set_column_spacing (self->grid, 12);
  gtk_widget_set_parent (GTK_WIDGET (self->grid), GTK_WIDGET (self));
}

/**
 * hone_compare_table_show:
 * @self: a table
 * @comparing: what to show
 * @measure: of the categories
 */
void
hone_compare_table_show (HoneCompareTable *self,
                         HoneComparing    *comparing,
                         HoneClassMeasure  measure)
{
  g_return_if_fail (HONE_IS_COMPARE_TABLE (self) && HONE_IS_COMPARING (comparing));

  clear (self);
  self->comparing = comparing;
  self->comparison = hone_comparing_get (comparing);
  if (!self->comparison)
    return;
  self->base = hone_comparing_get_base (comparing);
  for (gsize i = 0; i < self->comparison->n_iterations; i++)
    g_ptr_array_add (self->names, hone_comparing_dup_name (comparing, i));
  put_head (self);
  put_verdicts (self);
  put_measures (self);
  put_settings (self);
  put_classes (self, measure);
  self->comparing = NULL;
  self->comparison = NULL;
}

/**
 * hone_compare_table_dup_text:
 * @self: a table
 *
 * Returns: (transfer full): what it shows, a line per row, tabs between columns
 */
char *
hone_compare_table_dup_text (HoneCompareTable *self)
{
  g_return_val_if_fail (HONE_IS_COMPARE_TABLE (self), NULL);

  return g_strdup (self->text->str);
}
