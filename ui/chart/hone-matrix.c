/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-chart-style.h"
#include "hone-matrix.h"

struct _HoneMatrix {
  GtkWidget             parent_instance;

  HonePlotMatrix        matrix;
  char                **rows, **columns;   /* owned; the matrix borrows them */
  guint64              *counts;
  GPtrArray            *cells;             /* of GtkWidget, row-major; empty where there are too many */

  HonePlotMatrixLayout  layout;
  gboolean              laid_out;
  GskRenderNode        *node;              /* (nullable): everything but the focus */
  HoneChartStyle        style;
  HonePlotCell          hover, focus;
  char                 *reading;
  double                pointer_x, pointer_y;
};

enum {
  PROP_0,
  PROP_READING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint activated_signal;

G_DEFINE_FINAL_TYPE (HoneMatrix, hone_matrix, GTK_TYPE_WIDGET)

/* ---- a cell: nothing to see, only focus and words ---- */

#define HONE_TYPE_MATRIX_CELL (hone_matrix_cell_get_type ())
G_DECLARE_FINAL_TYPE (HoneMatrixCell, hone_matrix_cell, HONE, MATRIX_CELL, GtkWidget)

struct _HoneMatrixCell {
  GtkWidget    parent_instance;

  HonePlotCell place;
};

G_DEFINE_FINAL_TYPE (HoneMatrixCell, hone_matrix_cell, GTK_TYPE_WIDGET)

static void
hone_matrix_cell_class_init (HoneMatrixCellClass *klass)
{
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "matrixcell");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GRID_CELL);
}

static void
hone_matrix_cell_init (HoneMatrixCell *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

/* ---- places ---- */

static gboolean
is_cell (HoneMatrix   *self,
         HonePlotCell  cell)
{
  return cell.row < self->matrix.n_rows && cell.column < self->matrix.n_columns;
}

static GtkWidget *
widget_of (HoneMatrix   *self,
           HonePlotCell  cell)
{
  gsize nth = cell.row * self->matrix.n_columns + cell.column;

  return is_cell (self, cell) && nth < self->cells->len ? g_ptr_array_index (self->cells, nth) : NULL;
}

static HonePlotCell
current_cell (HoneMatrix *self)
{
  if (is_cell (self, self->focus))
    return self->focus;
  return is_cell (self, self->matrix.chosen) ? self->matrix.chosen : (HonePlotCell) { 0, 0 };
}

static void
update_reading (HoneMatrix *self)
{
  HonePlotCell read = is_cell (self, self->hover) ? self->hover : is_cell (self, self->focus) ? self->focus : self->matrix.chosen;
  g_autofree char *reading = is_cell (self, read) ? hone_plot_matrix_describe_cell (&self->matrix, read) : g_strdup ("");
  g_autofree char *label = NULL;

  if (g_strcmp0 (reading, self->reading) == 0)
    return;
  g_free (self->reading);
  self->reading = g_steal_pointer (&reading);
  label = *self->reading ? g_strdup_printf ("%s. %s", _("Confusion matrix"), self->reading) : g_strdup (_("Confusion matrix"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READING]);
}

/* ---- what is drawn ---- */

static void
drop_node (HoneMatrix *self)
{
  g_clear_pointer (&self->node, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drop_style (HoneMatrix *self)
{
  hone_chart_style_clear (&self->style);
  self->laid_out = FALSE;
  drop_node (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
ensure_layout (HoneMatrix *self)
{
  HonePlotMetrics metrics;

  hone_chart_style_ensure (&self->style, GTK_WIDGET (self));
  if (self->laid_out)
    return;
  hone_plot_text_get_metrics (self->style.text, &metrics);
  hone_plot_matrix_layout_init (&self->layout, &self->matrix, &metrics, gtk_widget_get_width (GTK_WIDGET (self)),
                                gtk_widget_get_height (GTK_WIDGET (self)));
  self->laid_out = TRUE;
}

static void
ensure_node (HoneMatrix *self)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self)));
  cairo_t *cr;

  ensure_layout (self);
  if (self->node)
    return;
  self->node = gsk_cairo_node_new (&bounds);
  cr = gsk_cairo_node_get_draw_context (self->node);
  hone_plot_matrix_draw (cr, &self->matrix, &self->layout, &self->style.style, self->style.text);
  cairo_destroy (cr);
}

static void
snapshot_focus (HoneMatrix   *self,
                GtkSnapshot  *snapshot,
                HonePlotCell  cell)
{
  cairo_t *cr;

  if (!is_cell (self, cell))
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (GTK_WIDGET (self)),
                                                                 gtk_widget_get_height (GTK_WIDGET (self))));
  hone_plot_matrix_draw_focus (cr, &self->matrix, &self->layout, &self->style.style, cell);
  cairo_destroy (cr);
}

static void
hone_matrix_snapshot (GtkWidget   *widget,
                      GtkSnapshot *snapshot)
{
  HoneMatrix *self = HONE_MATRIX (widget);

  if (self->matrix.n_rows == 0 || gtk_widget_get_width (widget) <= 0 || gtk_widget_get_height (widget) <= 0)
    return;
  ensure_node (self);
  gtk_snapshot_append_node (snapshot, self->node);
  snapshot_focus (self, snapshot, self->hover);
  if (gtk_widget_has_visible_focus (widget) || gtk_widget_get_focus_child (widget))
    snapshot_focus (self, snapshot, self->focus);
}

static void
hone_matrix_size_allocate (GtkWidget *widget,
                           int        width,
                           int        height,
                           int        baseline)
{
  HoneMatrix *self = HONE_MATRIX (widget);

  self->laid_out = FALSE;
  drop_node (self);
  if (self->cells->len == 0)
    return;
  ensure_layout (self);
  for (guint i = 0; i < self->cells->len; i++)
    {
      HoneMatrixCell *cell = g_ptr_array_index (self->cells, i);
      HonePlotBox box = hone_plot_matrix_get_box (&self->matrix, &self->layout, cell->place);
      int minimum;

      gtk_widget_measure (GTK_WIDGET (cell), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      gtk_widget_size_allocate (GTK_WIDGET (cell),
                                &(GtkAllocation) { (int) box.x, (int) box.y, MAX ((int) box.width, minimum), MAX ((int) box.height, 0) }, -1);
    }
}

static void
hone_matrix_measure (GtkWidget      *widget,
                     GtkOrientation  orientation,
                     int             for_size,
                     int            *minimum,
                     int            *natural,
                     int            *minimum_baseline,
                     int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 180 : 120;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 420 : 320;
}

static void
hone_matrix_css_changed (GtkWidget         *widget,
                         GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (hone_matrix_parent_class)->css_changed (widget, change);
  drop_style (HONE_MATRIX (widget));
}

/* ---- pointer, keys, focus ---- */

static void
set_focus_cell (HoneMatrix   *self,
                HonePlotCell  cell)
{
  GtkWidget *widget = widget_of (self, cell);

  self->focus = cell;
  self->hover = HONE_PLOT_NO_CELL;
  update_reading (self);
  gtk_widget_grab_focus (widget ? widget : GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* A pointer that rests while things move below it means nothing: only one that is moved does. */
static gboolean
is_moved (HoneMatrix *self,
          double      x,
          double      y)
{
  gboolean moved = x != self->pointer_x || y != self->pointer_y;

  self->pointer_x = x;
  self->pointer_y = y;
  return moved;
}

static void
on_enter (HoneMatrix *self,
          double      x,
          double      y)
{
  is_moved (self, x, y);
}

static void
on_motion (HoneMatrix *self,
           double      x,
           double      y)
{
  HonePlotCell cell;

  if (!is_moved (self, x, y) || self->matrix.n_rows == 0)
    return;
  ensure_layout (self);
  cell = hone_plot_matrix_find_cell (&self->matrix, &self->layout, x, y);
  if (cell.row == self->hover.row && cell.column == self->hover.column)
    return;
  self->hover = cell;
  update_reading (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_leave (HoneMatrix *self)
{
  self->hover = HONE_PLOT_NO_CELL;
  update_reading (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
activate (HoneMatrix   *self,
          HonePlotCell  cell)
{
  if (is_cell (self, cell))
    g_signal_emit (self, activated_signal, 0, (guint) cell.row, (guint) cell.column);
}

static void
on_released (HoneMatrix *self,
             int         n_press,
             double      x,
             double      y)
{
  HonePlotCell cell;

  if (self->matrix.n_rows == 0)
    return;
  ensure_layout (self);
  cell = hone_plot_matrix_find_cell (&self->matrix, &self->layout, x, y);
  if (!is_cell (self, cell))
    return;
  set_focus_cell (self, cell);
  activate (self, cell);
}

static gboolean
move_focus (GtkWidget *widget,
            GVariant  *args,
            gpointer   data)
{
  HoneMatrix *self = HONE_MATRIX (widget);

  if (self->matrix.n_rows > 0)
    set_focus_cell (self, is_cell (self, self->focus)
                          ? hone_plot_matrix_move (&self->matrix, self->focus, g_variant_get_int32 (args)) : current_cell (self));
  return TRUE;
}

static gboolean
activate_key (GtkWidget *widget,
              GVariant  *args,
              gpointer   data)
{
  HoneMatrix *self = HONE_MATRIX (widget);

  activate (self, current_cell (self));
  return TRUE;
}

/* Tab comes to one cell and leaves from it; arrows move between the cells. */
static gboolean
hone_matrix_focus (GtkWidget        *widget,
                   GtkDirectionType  direction)
{
  HoneMatrix *self = HONE_MATRIX (widget);

  if (gtk_widget_is_focus (widget) || gtk_widget_get_focus_child (widget) || self->matrix.n_rows == 0)
    return FALSE;
  set_focus_cell (self, current_cell (self));
  return TRUE;
}

static gboolean
on_tooltip (HoneMatrix *self,
            int         x,
            int         y,
            gboolean    keyboard,
            GtkTooltip *tooltip)
{
  HonePlotCell cell = keyboard ? self->focus : self->hover;
  g_autofree char *text = is_cell (self, cell) ? hone_plot_matrix_describe_cell (&self->matrix, cell) : NULL;

  gtk_tooltip_set_text (tooltip, text);
  return text != NULL;
}

/* ---- the object ---- */

static void
remove_cells (HoneMatrix *self)
{
  for (guint i = 0; i < self->cells->len; i++)
    gtk_widget_unparent (g_ptr_array_index (self->cells, i));
  g_ptr_array_set_size (self->cells, 0);
}

static void
hone_matrix_dispose (GObject *object)
{
  remove_cells (HONE_MATRIX (object));
  G_OBJECT_CLASS (hone_matrix_parent_class)->dispose (object);
}

static void
hone_matrix_finalize (GObject *object)
{
  HoneMatrix *self = HONE_MATRIX (object);

  g_clear_pointer (&self->node, gsk_render_node_unref);
  hone_chart_style_clear (&self->style);
  g_ptr_array_unref (self->cells);
  g_strfreev (self->rows);
  g_strfreev (self->columns);
  g_free (self->counts);
  g_free (self->reading);
  G_OBJECT_CLASS (hone_matrix_parent_class)->finalize (object);
}

static void
hone_matrix_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_READING: g_value_set_string (value, HONE_MATRIX (object)->reading); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
add_keys (GtkWidgetClass *widget_class)
{
  static const struct {
    guint        key, keypad;
    HonePlotMove move;
  } keys[] = {
    { GDK_KEY_Left, GDK_KEY_KP_Left, HONE_PLOT_MOVE_LEFT }, { GDK_KEY_Right, GDK_KEY_KP_Right, HONE_PLOT_MOVE_RIGHT },
    { GDK_KEY_Up, GDK_KEY_KP_Up, HONE_PLOT_MOVE_UP }, { GDK_KEY_Down, GDK_KEY_KP_Down, HONE_PLOT_MOVE_DOWN },
    { GDK_KEY_Home, GDK_KEY_KP_Home, HONE_PLOT_MOVE_FIRST }, { GDK_KEY_End, GDK_KEY_KP_End, HONE_PLOT_MOVE_LAST },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      gtk_widget_class_add_binding (widget_class, keys[i].key, 0, move_focus, "i", keys[i].move);
      gtk_widget_class_add_binding (widget_class, keys[i].keypad, 0, move_focus, "i", keys[i].move);
    }
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, activate_key, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, activate_key, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_space, 0, activate_key, NULL);
}

static void
hone_matrix_class_init (HoneMatrixClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hone_matrix_dispose;
  object_class->finalize = hone_matrix_finalize;
  object_class->get_property = hone_matrix_get_property;
  widget_class->snapshot = hone_matrix_snapshot;
  widget_class->measure = hone_matrix_measure;
  widget_class->size_allocate = hone_matrix_size_allocate;
  widget_class->css_changed = hone_matrix_css_changed;
  widget_class->focus = hone_matrix_focus;

  properties[PROP_READING] = g_param_spec_string ("reading", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  activated_signal = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  gtk_widget_class_set_css_name (widget_class, "matrix");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
  add_keys (widget_class);
}

static void
hone_matrix_init (HoneMatrix *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->cells = g_ptr_array_new ();
  self->matrix.chosen = self->hover = self->focus = HONE_PLOT_NO_CELL;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (on_tooltip), NULL);
  g_signal_connect_swapped (motion, "enter", G_CALLBACK (on_enter), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (on_leave), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (on_released), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  hone_chart_style_follow (GTK_WIDGET (self), G_CALLBACK (drop_style));
  update_reading (self);
}

/**
 * hone_matrix_new:
 *
 * Returns: (transfer floating): an empty matrix
 */
GtkWidget *
hone_matrix_new (void)
{
  return g_object_new (HONE_TYPE_MATRIX, NULL);
}

static char **
copy_names (const char * const *names,
            gsize               n)
{
  char **copy = g_new0 (char *, n + 1);

  for (gsize i = 0; i < n; i++)
    copy[i] = g_strdup (names[i]);
  return copy;
}

static void
take_counts (HoneMatrix           *self,
             const HonePlotMatrix *matrix)
{
  g_strfreev (self->rows);
  g_strfreev (self->columns);
  g_free (self->counts);
  self->rows = matrix ? copy_names (matrix->rows, matrix->n_rows) : NULL;
  self->columns = matrix ? copy_names (matrix->columns, matrix->n_columns) : NULL;
  self->counts = matrix ? g_memdup2 (matrix->counts, matrix->n_rows * matrix->n_columns * sizeof *matrix->counts) : NULL;
  self->matrix.rows = (const char * const *) self->rows;
  self->matrix.columns = (const char * const *) self->columns;
  self->matrix.counts = self->counts;
  self->matrix.n_rows = matrix ? matrix->n_rows : 0;
  self->matrix.n_columns = matrix ? matrix->n_columns : 0;
  self->matrix.n_scored = matrix ? matrix->n_scored : 0;
}

static void
make_cells (HoneMatrix *self)
{
  for (gsize row = 0; row < self->matrix.n_rows; row++)
    for (gsize column = 0; column < self->matrix.n_columns; column++)
      {
        HoneMatrixCell *cell = g_object_new (HONE_TYPE_MATRIX_CELL, NULL);

        cell->place = (HonePlotCell) { row, column };
        gtk_widget_set_parent (GTK_WIDGET (cell), GTK_WIDGET (self));
        g_ptr_array_add (self->cells, cell);
      }
}

static void
name_cells (HoneMatrix *self)
{
  for (guint i = 0; i < self->cells->len; i++)
    {
      HoneMatrixCell *cell = g_ptr_array_index (self->cells, i);
      g_autofree char *label = hone_plot_matrix_describe_cell (&self->matrix, cell->place);

      gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
    }
}

/* Numbers change far more often than the number of cells: cells, and with them the focus, stay. */
static void
fit_cells (HoneMatrix *self,
           gsize       old_columns)
{
  gsize wanted = self->matrix.n_rows <= HONE_MATRIX_MAX_CELL_WIDGETS ? self->matrix.n_rows * self->matrix.n_columns : 0;

  if (wanted != self->cells->len || old_columns != self->matrix.n_columns)
    {
      remove_cells (self);
      if (wanted)
        make_cells (self);
    }
  name_cells (self);
}

/**
 * hone_matrix_set_counts:
 * @self: a matrix
 * @matrix: (nullable): names and counts, copied; its unit and chosen cell do not count
 *
 * Shows other numbers. The cell that has the focus keeps it.
 */
void
hone_matrix_set_counts (HoneMatrix           *self,
                        const HonePlotMatrix *matrix)
{
  g_autofree char *description = NULL;
  gsize old_columns;

  g_return_if_fail (HONE_IS_MATRIX (self));

  old_columns = self->matrix.n_columns;
  take_counts (self, matrix);
  fit_cells (self, old_columns);
  description = matrix ? hone_plot_matrix_describe (&self->matrix) : g_strdup (_("Nothing to show"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
  update_reading (self);
  drop_node (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/**
 * hone_matrix_set_unit:
 * @self: a matrix
 * @unit: what stands in the cells
 */
void
hone_matrix_set_unit (HoneMatrix         *self,
                      HonePlotMatrixUnit  unit)
{
  g_return_if_fail (HONE_IS_MATRIX (self));

  if (self->matrix.unit == unit)
    return;
  self->matrix.unit = unit;
  self->laid_out = FALSE;
  drop_node (self);
}

/**
 * hone_matrix_set_chosen:
 * @self: a matrix
 * @cell: whose texts are shown; %HONE_PLOT_NO_CELL: none
 */
void
hone_matrix_set_chosen (HoneMatrix   *self,
                        HonePlotCell  cell)
{
  g_return_if_fail (HONE_IS_MATRIX (self));

  if (self->matrix.chosen.row == cell.row && self->matrix.chosen.column == cell.column)
    return;
  self->matrix.chosen = cell;
  update_reading (self);
  drop_node (self);
}

/**
 * hone_matrix_get_reading:
 * @self: a matrix
 *
 * Returns: the cell that pointer or keys are at, else the chosen one, in words; "" where there is neither
 */
const char *
hone_matrix_get_reading (HoneMatrix *self)
{
  g_return_val_if_fail (HONE_IS_MATRIX (self), NULL);

  return self->reading;
}
