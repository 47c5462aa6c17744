/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "chart/hone-matrix.h"
#include "hone-matrix-pane.h"

#define MOST_MOVES 4   /* cells whose change a person would still read; more is another matrix */

struct _HoneMatrixPane {
  AdwBin             parent_instance;

  HoneProject       *project;
  HoneSelection     *selection;
  HoneScoreboard    *scoreboard;
  HoneIterationItem *item;        /* (nullable): that is shown */
  gulong             handler;
  guint64           *before;      /* (nullable): its counts when they were shown last */
  gsize              n_before;
  char              *moves;       /* (nullable): what the last label changed in them */

  GtkDropDown       *unit;
  GtkStack          *stack;       /* matrix, table, empty */
  AdwStatusPage     *empty;
  HoneMatrix        *matrix;
  GtkColumnView     *table;
  GtkToggleButton   *as_table;
  GtkLabel          *reading;
  GtkLabel          *left_out;
  GtkWidget         *clear;
};

G_DEFINE_FINAL_TYPE (HoneMatrixPane, hone_matrix_pane, ADW_TYPE_BIN)

/* ---- cells and filters ---- */

/* After the categories come abstained and out-of-set. */
static void
filter_for (HoneMatrixPane *self,
            HonePlotCell    cell,
            HoneFilter     *filter)
{
  HoneOntology *ontology = hone_project_get_ontology (self->project);
  gsize n = hone_ontology_get_size (ontology);

  filter->split = HONE_SPLIT_VALIDATION;
  filter->iteration_id = hone_iteration_item_get_id (self->item);
  filter->reference = hone_category_set_new_single (hone_ontology_get_nth (ontology, cell.row)->id);
  filter->outcome = cell.column < n ? HONE_OUTCOME_ANSWERED : cell.column == n ? HONE_OUTCOME_ABSTAINED : HONE_OUTCOME_OUT_OF_SET;
  if (cell.column < n)
    filter->answer = hone_category_set_new_single (hone_ontology_get_nth (ontology, cell.column)->id);
}

static gsize
position_of (HoneOntology          *ontology,
             const HoneCategorySet *set)
{
  gsize n;
  const guint *ids = hone_category_set_get_ids (set, &n);

  return n == 1 ? hone_ontology_get_position (ontology, ids[0]) : G_MAXSIZE;
}

/* The cell whose texts the filter takes, if it is just that. */
static HonePlotCell
cell_of (HoneMatrixPane   *self,
         const HoneFilter *filter)
{
  HoneOntology *ontology = hone_project_get_ontology (self->project);
  HonePlotCell cell = HONE_PLOT_NO_CELL;

  if (!self->item || filter->iteration_id != hone_iteration_item_get_id (self->item) || !filter->reference || filter->outcome < 0 ||
      filter->split != HONE_SPLIT_VALIDATION)
    return cell;
  if (filter->outcome == HONE_OUTCOME_ANSWERED && !filter->answer)
    return cell;
  cell.row = position_of (ontology, filter->reference);
  cell.column = filter->outcome == HONE_OUTCOME_ANSWERED ? position_of (ontology, filter->answer)
                : hone_ontology_get_size (ontology) + (filter->outcome == HONE_OUTCOME_ABSTAINED ? 0 : 1);
  return cell;
}

static void
clear_cell (HoneMatrixPane *self)
{
  g_autoptr(HoneFilter) filter = hone_filter_copy (hone_selection_get_filter (self->selection));

  g_clear_pointer (&filter->reference, hone_category_set_unref);
  g_clear_pointer (&filter->answer, hone_category_set_unref);
  filter->outcome = -1;
  hone_selection_set_filter (self->selection, filter);
}

static void
on_activated (HoneMatrixPane *self,
              guint           row,
              guint           column)
{
  const HoneFilter all = HONE_FILTER_ALL;
  g_autoptr(HoneFilter) filter = hone_filter_copy (&all);
  HonePlotCell chosen = cell_of (self, hone_selection_get_filter (self->selection));

  if (!self->item)
    return;
  if (chosen.row == row && chosen.column == column)
    {
      clear_cell (self);
      return;
    }
  filter_for (self, (HonePlotCell) { row, column }, filter);
  hone_selection_set_filter (self->selection, filter);
}

static void
follow_filter (HoneMatrixPane *self)
{
  HonePlotCell cell = cell_of (self, hone_selection_get_filter (self->selection));

  hone_matrix_set_chosen (self->matrix, cell);
  gtk_widget_set_visible (self->clear, cell.row != G_MAXSIZE);
}

/* ---- numbers ---- */

static char **
names_of (const HoneOntology *ontology,
          gsize               n)       /* names; those beyond the categories are of columns */
{
  const char * const others[] = { _("unable"), _("out of set"), _("nothing") };
  gsize size = hone_ontology_get_size (ontology);
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();

  for (gsize i = 0; i < n; i++)
    g_strv_builder_add (names, i < size ? hone_ontology_get_nth (ontology, i)->name : others[MIN (i - size, G_N_ELEMENTS (others) - 1)]);
  return g_strv_builder_end (names);
}

/* A label takes a text from one cell into another: said in words, as +1 and −1. */
static char *
describe_moves (const HoneConfusion *confusion,
                const guint64       *before,
                char               **rows,
                char               **columns)
{
  g_autoptr(GString) text = g_string_new (NULL);
  guint n = 0;

  for (gsize i = 0; i < confusion->n_rows * confusion->n_columns; i++)
    {
      gsize row = i / confusion->n_columns, column = i % confusion->n_columns;
      gint64 change = (gint64) confusion->counts[i] - (gint64) before[i];

      if (!change || ++n > MOST_MOVES)
        continue;
      g_string_append (text, text->len ? ", " : "");
      if (row == column)
        g_string_append (text, rows[row]);
      else
        g_string_append_printf (text, _("%s read as %s"), rows[row], columns[column]);
      g_string_append_printf (text, " %" G_GUINT64_FORMAT " (%s%" G_GINT64_FORMAT ")", confusion->counts[i],
                              change > 0 ? "+" : "−", ABS (change));
    }
  return n > 0 && n <= MOST_MOVES ? g_strdup_printf (_("the last label changed: %s"), text->str) : NULL;
}

static void
follow_counts (HoneMatrixPane      *self,
               const HoneConfusion *confusion,
               char               **rows,
               char               **columns)
{
  gsize n = confusion->n_rows * confusion->n_columns, size = n * sizeof *confusion->counts;

  if (self->before && n == self->n_before && memcmp (self->before, confusion->counts, size) == 0)
    return;
  g_free (self->moves);
  self->moves = self->before && n == self->n_before ? describe_moves (confusion, self->before, rows, columns) : NULL;
  g_free (self->before);
  self->before = g_memdup2 (confusion->counts, size);
  self->n_before = n;
}

static void
show_left_out (HoneMatrixPane     *self,
               const HoneStanding *standing)
{
  const HoneLeftOut *left_out = &standing->scores->left_out;
  GString *text = g_string_new (NULL);
  const struct {
    guint64     n;
    const char *what;
  } parts[] = {
    { left_out->unlabelled, _("without a label") }, { left_out->disputed, _("disputed") },
    { left_out->failed, _("failed") }, { left_out->missing, _("not asked") },
  };

  g_string_printf (text, _("n = %" G_GUINT64_FORMAT), standing->scores->n);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i].n)
      g_string_append_printf (text, " · %" G_GUINT64_FORMAT " %s", parts[i].n, parts[i].what);
  if (self->moves)
    g_string_append_printf (text, " · %s", self->moves);
  gtk_label_set_label (self->left_out, text->str);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->left_out), self->moves ? text->str : NULL);
  g_string_free (text, TRUE);
}

/* ---- the table twin ---- */

static void
setup_cell (GtkSignalListItemFactory *factory,
            GtkListItem              *list_item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (list_item, label);
}

/* A row of the table is a list of strings; the factory knows its column. */
static void
bind_cell (GtkSignalListItemFactory *factory,
           GtkListItem              *list_item,
           gpointer                  column)
{
  GtkStringList *row = gtk_list_item_get_item (list_item);

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (list_item)), gtk_string_list_get_string (row, GPOINTER_TO_UINT (column)));
}

static void
make_columns (HoneMatrixPane *self,
              char          **names)
{
  GListModel *columns = gtk_column_view_get_columns (self->table);

  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (self->table, column);
    }
  for (guint i = 0; i == 0 || names[i - 1]; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      g_autoptr(GtkColumnViewColumn) column = gtk_column_view_column_new (i == 0 ? _("Label") : names[i - 1], factory);

      g_signal_connect (factory, "setup", G_CALLBACK (setup_cell), NULL);
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cell), GUINT_TO_POINTER (i));
      gtk_column_view_append_column (self->table, column);
    }
}

static void
fill_table (HoneMatrixPane       *self,
            const HonePlotMatrix *matrix)
{
  g_autoptr(GListStore) rows = g_list_store_new (GTK_TYPE_STRING_LIST);

  for (gsize r = 0; r < matrix->n_rows; r++)
    {
      g_autoptr(GtkStringList) row = gtk_string_list_new (NULL);

      gtk_string_list_append (row, matrix->rows[r]);
      for (gsize c = 0; c < matrix->n_columns; c++)
        {
          g_autofree char *text = hone_plot_matrix_format_cell (matrix, (HonePlotCell) { r, c });

          gtk_string_list_append (row, *text ? text : "0");
        }
      g_list_store_append (rows, row);
    }
  gtk_column_view_set_model (self->table, GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (rows)))));
}

static void
show_table (HoneMatrixPane       *self,
            const HonePlotMatrix *matrix,
            char                **columns)
{
  if (!gtk_toggle_button_get_active (self->as_table))
    return;
  make_columns (self, columns);
  fill_table (self, matrix);
}

/* ---- what is shown ---- */

static void
show_empty (HoneMatrixPane *self)
{
  hone_matrix_set_counts (self->matrix, NULL);
  gtk_label_set_label (self->left_out, "");
  adw_status_page_set_description (self->empty, self->item ? _("Nothing to score: no validation text has both a label and an answer.")
                                                           : _("Choose an iteration to see what it takes for what."));
  gtk_stack_set_visible_child_name (self->stack, "empty");
}

static void
show (HoneMatrixPane *self)
{
  const HoneStanding *standing = self->item ? hone_iteration_item_get_standing (self->item) : NULL;
  HoneOntology *ontology = hone_project_get_ontology (self->project);
  g_auto(GStrv) rows = NULL;
  g_auto(GStrv) columns = NULL;
  HonePlotMatrix matrix = { .chosen = HONE_PLOT_NO_CELL };

  gtk_widget_set_sensitive (GTK_WIDGET (self->as_table), standing != NULL);
  if (!standing || standing->confusion->n_rows != hone_ontology_get_size (ontology))
    {
      show_empty (self);
      return;
    }
  rows = names_of (ontology, standing->confusion->n_rows);
  columns = names_of (ontology, standing->confusion->n_columns);
  matrix.rows = (const char * const *) rows;
  matrix.columns = (const char * const *) columns;
  matrix.n_rows = standing->confusion->n_rows;
  matrix.n_columns = matrix.n_scored = standing->confusion->n_columns;
  matrix.counts = standing->confusion->counts;
  matrix.unit = gtk_drop_down_get_selected (self->unit);
  hone_matrix_set_counts (self->matrix, &matrix);
  hone_matrix_set_unit (self->matrix, matrix.unit);
  follow_filter (self);
  follow_counts (self, standing->confusion, rows, columns);
  show_left_out (self, standing);
  show_table (self, &matrix, columns);
  gtk_stack_set_visible_child_name (self->stack, gtk_toggle_button_get_active (self->as_table) ? "table" : "matrix");
}

static void
let_go (HoneMatrixPane *self)
{
  g_clear_signal_handler (&self->handler, self->item);
  g_clear_object (&self->item);
  g_clear_pointer (&self->before, g_free);
  g_clear_pointer (&self->moves, g_free);
}

static void
follow_iteration (HoneMatrixPane *self)
{
  HoneIterationItem *item = hone_scoreboard_find_iteration (self->scoreboard, hone_selection_get_iteration (self->selection));

  if (item != self->item)
    {
      let_go (self);
      if (item)
        {
          self->item = g_object_ref (item);
          self->handler = g_signal_connect_swapped (item, "notify::standing", G_CALLBACK (show), self);
        }
    }
  show (self);
}

/* ---- the object ---- */

static void
hone_matrix_pane_dispose (GObject *object)
{
  HoneMatrixPane *self = HONE_MATRIX_PANE (object);

  let_go (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), HONE_TYPE_MATRIX_PANE);
  g_clear_object (&self->scoreboard);
  g_clear_object (&self->selection);
  g_clear_object (&self->project);
  G_OBJECT_CLASS (hone_matrix_pane_parent_class)->dispose (object);
}

static void
hone_matrix_pane_class_init (HoneMatrixPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hone_matrix_pane_dispose;
  g_type_ensure (HONE_TYPE_MATRIX);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hone_app/Hone/pages/workbench/hone-matrix-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, HoneMatrixPane, unit);
  gtk_widget_class_bind_template_child (widget_class, HoneMatrixPane, stack);
  gtk_widget_class_bind_template_child (widget_class, HoneMatrixPane, empty);
  gtk_widget_class_bind_template_child (widget_class, HoneMatrixPane, matrix);
  gtk_widget_class_bind_template_child (widget_class, HoneMatrixPane, table);
  gtk_widget_class_bind_template_child (widget_class, HoneMatrixPane, as_table);
  gtk_widget_class_bind_template_child (widget_class, HoneMatrixPane, reading);
  gtk_widget_class_bind_template_child (widget_class, HoneMatrixPane, left_out);
  gtk_widget_class_bind_template_child (widget_class, HoneMatrixPane, clear);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_bind_template_callback (widget_class, clear_cell);
}

static void
hone_matrix_pane_init (HoneMatrixPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hone_matrix_pane_new:
 * @project: what is open
 * @selection: what the window looks at
 * @scoreboard: where the numbers come from
 *
 * Returns: (transfer floating): the pane
 */
GtkWidget *
hone_matrix_pane_new (HoneProject    *project,
                      HoneSelection  *selection,
                      HoneScoreboard *scoreboard)
{
  HoneMatrixPane *self;

  g_return_val_if_fail (HONE_IS_PROJECT (project) && HONE_IS_SELECTION (selection) && HONE_IS_SCOREBOARD (scoreboard), NULL);

  self = g_object_new (HONE_TYPE_MATRIX_PANE, NULL);
  self->project = g_object_ref (project);
  self->selection = g_object_ref (selection);
  self->scoreboard = g_object_ref (scoreboard);
  g_signal_connect_object (self->unit, "notify::selected", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->as_table, "toggled", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (project, "notify::ontology", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (scoreboard, "loaded", G_CALLBACK (follow_iteration), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (selection, "notify::iteration", G_CALLBACK (follow_iteration), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (selection, "filter-changed", G_CALLBACK (follow_filter), self, G_CONNECT_SWAPPED);
  follow_iteration (self);
  return GTK_WIDGET (self);
}
