/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "hone-chart-style.h"
#include "hone-chart.h"

#define REACH 24      /* pixels between a pointer and the point it means */

struct _HoneChart {
  GtkWidget            parent_instance;

  char                *title, *x_title, *y_title;
  GPtrArray           *series;          /* of HoneChartSeries */
  HonePlotBaseline     baseline;        /* name NULL: none; owned */
  double               y_low, y_high;
  gboolean             whole;
  gint64               chosen;

  HonePlotSeries      *plotted;         /* the series as the layout wants them */
  HonePlotChart        chart;
  HonePlotChartLayout *layout;          /* (nullable): made when it is needed */
  GskRenderNode       *node;            /* (nullable): everything but the focus */
  HoneChartStyle       style;
  HonePlotPlace        focus;
  char                *reading;
  double               pointer_x, pointer_y;
};

enum {
  PROP_0,
  PROP_READING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint activated_signal;

G_DEFINE_FINAL_TYPE (HoneChart, hone_chart, GTK_TYPE_WIDGET)

/* ---- series ---- */

/**
 * hone_chart_series_new:
 * @name: of the curve
 * @look: number of its colour and marker
 *
 * Returns: (transfer full): a curve without points
 */
HoneChartSeries *
hone_chart_series_new (const char *name,
                       guint       look)
{
  HoneChartSeries *self = g_new0 (HoneChartSeries, 1);

  self->name = g_strdup (name);
  self->look = look;
  self->points = g_array_new (FALSE, FALSE, sizeof (HonePlotPoint));
  self->keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  return self;
}

/**
 * hone_chart_series_free:
 * @self: (transfer full): a curve
 */
void
hone_chart_series_free (HoneChartSeries *self)
{
  g_return_if_fail (self);

  g_array_unref (self->points);
  g_array_unref (self->keys);
  g_free (self->name);
  g_free (self);
}

/**
 * hone_chart_series_add:
 * @self: a curve
 * @point: right of the point before
 * @key: by which it is known; 0: it cannot be chosen
 */
void
hone_chart_series_add (HoneChartSeries *self,
                       HonePlotPoint    point,
                       gint64           key)
{
  g_return_if_fail (self);

  g_array_append_val (self->points, point);
  g_array_append_val (self->keys, key);
}

/* ---- what is at a place ---- */

static gint64
key_at (HoneChart     *self,
        HonePlotPlace  place)
{
  HoneChartSeries *series;

  if (!hone_plot_chart_is_point (&self->chart, place))
    return 0;
  series = g_ptr_array_index (self->series, place.series);
  return g_array_index (series->keys, gint64, place.point);
}

static HonePlotPlace
find_key (HoneChart *self,
          gint64     key)
{
  for (guint s = 0; key && s < self->series->len; s++)
    {
      HoneChartSeries *series = g_ptr_array_index (self->series, s);

      for (guint p = 0; p < series->keys->len; p++)
        if (g_array_index (series->keys, gint64, p) == key)
          return (HonePlotPlace) { s, p };
    }
  return HONE_PLOT_NOWHERE;
}

static char *
describe_place (HoneChart     *self,
                HonePlotPlace  place)
{
  HoneChartSeries *series;
  const HonePlotPoint *point;

  if (!hone_plot_chart_is_point (&self->chart, place))
    return g_strdup ("");
  series = g_ptr_array_index (self->series, place.series);
  point = &g_array_index (series->points, HonePlotPoint, place.point);
  if (isfinite (point->low) && isfinite (point->high))
    /* Translators: name of a curve, x, y, and the 95 % interval of y */
    return g_strdup_printf (_("%s, %g: %.3f (%.3f to %.3f)"), series->name, point->x, point->y, point->low, point->high);
  /* Translators: name of a curve, x, y */
  return g_strdup_printf (_("%s, %g: %.3f"), series->name, point->x, point->y);
}

/* ---- what is drawn ---- */

static void
drop_node (HoneChart *self)
{
  g_clear_pointer (&self->node, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drop_layout (HoneChart *self)
{
  g_clear_pointer (&self->layout, hone_plot_chart_layout_free);
  drop_node (self);
}

static void
drop_style (HoneChart *self)
{
  hone_chart_style_clear (&self->style);
  drop_layout (self);
}

static void
update_reading (HoneChart *self)
{
  g_autofree char *reading = describe_place (self, hone_plot_chart_is_point (&self->chart, self->focus)
                                                   ? self->focus : self->chart.chosen);
  g_autofree char *label = NULL;
  g_autofree char *description = NULL;

  if (g_strcmp0 (reading, self->reading) == 0)
    return;
  g_free (self->reading);
  self->reading = g_steal_pointer (&reading);
  label = *self->reading ? g_strdup_printf ("%s. %s", self->title ? self->title : "", self->reading)
                         : g_strdup (self->title ? self->title : "");
  description = hone_plot_chart_describe (&self->chart);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READING]);
}

/* The plot sees the series in place. */
static void
rebuild (HoneChart *self)
{
  g_free (self->plotted);
  self->plotted = g_new0 (HonePlotSeries, self->series->len + 1);
  for (guint i = 0; i < self->series->len; i++)
    {
      HoneChartSeries *series = g_ptr_array_index (self->series, i);

      self->plotted[i] = (HonePlotSeries) { series->name, (HonePlotPoint *) (gpointer) series->points->data,
                                            series->points->len, series->look };
    }
  hone_plot_chart_init (&self->chart);
  self->chart.series = self->plotted;
  self->chart.n_series = self->series->len;
  self->chart.baselines = &self->baseline;
  self->chart.n_baselines = self->baseline.name ? 1 : 0;
  self->chart.x_title = self->x_title;
  self->chart.y_title = self->y_title;
  self->chart.y_low = self->y_low;
  self->chart.y_high = self->y_high;
  self->chart.iterations = self->whole;
  self->chart.chosen = find_key (self, self->chosen);
  if (!hone_plot_chart_is_point (&self->chart, self->focus))
    self->focus = HONE_PLOT_NOWHERE;
  g_clear_pointer (&self->reading, g_free);
  update_reading (self);
  drop_layout (self);
}

static void
ensure_layout (HoneChart *self)
{
  HonePlotMetrics metrics;

  hone_chart_style_ensure (&self->style, GTK_WIDGET (self));
  if (self->layout)
    return;
  hone_plot_text_get_metrics (self->style.text, &metrics);
  self->layout = hone_plot_chart_layout_new (&self->chart, &metrics, gtk_widget_get_width (GTK_WIDGET (self)),
                                             gtk_widget_get_height (GTK_WIDGET (self)));
}

static void
ensure_node (HoneChart *self)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self)));
  cairo_t *cr;

  ensure_layout (self);
  if (self->node)
    return;
  self->node = gsk_cairo_node_new (&bounds);
  cr = gsk_cairo_node_get_draw_context (self->node);
  hone_plot_chart_draw (cr, &self->chart, self->layout, &self->style.style, self->style.text);
  cairo_destroy (cr);
}

static void
hone_chart_snapshot (GtkWidget   *widget,
                     GtkSnapshot *snapshot)
{
  HoneChart *self = HONE_CHART (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);

  if (width <= 0 || height <= 0)
    return;
  ensure_node (self);
  gtk_snapshot_append_node (snapshot, self->node);
  if (hone_plot_chart_is_point (&self->chart, self->focus))
    {
      cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));

      hone_plot_chart_draw_focus (cr, &self->chart, self->layout, &self->style.style, self->focus);
      cairo_destroy (cr);
    }
}

static void
hone_chart_size_allocate (GtkWidget *widget,
                          int        width,
                          int        height,
                          int        baseline)
{
  drop_layout (HONE_CHART (widget));
}

static void
hone_chart_css_changed (GtkWidget         *widget,
                        GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (hone_chart_parent_class)->css_changed (widget, change);
  drop_style (HONE_CHART (widget));
}

static void
hone_chart_measure (GtkWidget      *widget,
                    GtkOrientation  orientation,
                    int             for_size,
                    int            *minimum,
                    int            *natural,
                    int            *minimum_baseline,
                    int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 180 : 120;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 480 : 280;
}

/* ---- pointer and keys ---- */

static void
set_focus_place (HoneChart     *self,
                 HonePlotPlace  place)
{
  if (hone_plot_place_equal (self->focus, place))
    return;
  self->focus = place;
  update_reading (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* A pointer that rests while things move below it means nothing: only one that is moved does. */
static gboolean
is_moved (HoneChart *self,
          double     x,
          double     y)
{
  gboolean moved = x != self->pointer_x || y != self->pointer_y;

  self->pointer_x = x;
  self->pointer_y = y;
  return moved;
}

static void
on_enter (HoneChart *self,
          double     x,
          double     y)
{
  is_moved (self, x, y);
}

static void
read_at (HoneChart *self,
         double     x,
         double     y)
{
  ensure_layout (self);
  set_focus_place (self, hone_plot_chart_find_nearest (&self->chart, self->layout, x, y, REACH));
}

static void
on_motion (HoneChart *self,
           double     x,
           double     y)
{
  if (is_moved (self, x, y))
    read_at (self, x, y);
}

static void
on_leave (HoneChart *self)
{
  set_focus_place (self, HONE_PLOT_NOWHERE);
}

static void
activate_focus (HoneChart *self)
{
  gint64 key = key_at (self, self->focus);

  if (key)
    g_signal_emit (self, activated_signal, 0, key);
}

static void
on_released (HoneChart *self,
             int        n_press,
             double     x,
             double     y)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  read_at (self, x, y);
  activate_focus (self);
}

static gboolean
move_focus (GtkWidget *widget,
            GVariant  *args,
            gpointer   data)
{
  HoneChart *self = HONE_CHART (widget);
  HonePlotPlace from = hone_plot_chart_is_point (&self->chart, self->focus) ? self->focus : self->chart.chosen;

  set_focus_place (self, hone_plot_chart_move (&self->chart, from, g_variant_get_int32 (args)));
  return TRUE;
}

static gboolean
activate_key (GtkWidget *widget,
              GVariant  *args,
              gpointer   data)
{
  activate_focus (HONE_CHART (widget));
  return TRUE;
}

static gboolean
clear_focus (GtkWidget *widget,
             GVariant  *args,
             gpointer   data)
{
  HoneChart *self = HONE_CHART (widget);

  if (!hone_plot_chart_is_point (&self->chart, self->focus))
    return FALSE;
  set_focus_place (self, HONE_PLOT_NOWHERE);
  return TRUE;
}

/* ---- the object ---- */

static void
hone_chart_finalize (GObject *object)
{
  HoneChart *self = HONE_CHART (object);

  g_clear_pointer (&self->node, gsk_render_node_unref);
  g_clear_pointer (&self->layout, hone_plot_chart_layout_free);
  hone_chart_style_clear (&self->style);
  g_clear_pointer (&self->series, g_ptr_array_unref);
  g_free (self->plotted);
  g_free ((char *) self->baseline.name);
  g_free (self->title);
  g_free (self->x_title);
  g_free (self->y_title);
  g_free (self->reading);
  G_OBJECT_CLASS (hone_chart_parent_class)->finalize (object);
}

static void
hone_chart_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_READING: g_value_set_string (value, HONE_CHART (object)->reading); break;
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
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, clear_focus, NULL);
}

static void
hone_chart_class_init (HoneChartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = hone_chart_finalize;
  object_class->get_property = hone_chart_get_property;
  widget_class->snapshot = hone_chart_snapshot;
  widget_class->measure = hone_chart_measure;
  widget_class->size_allocate = hone_chart_size_allocate;
  widget_class->css_changed = hone_chart_css_changed;

  properties[PROP_READING] = g_param_spec_string ("reading", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  activated_signal = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_INT64);
  gtk_widget_class_set_css_name (widget_class, "chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  add_keys (widget_class);
}

static void
hone_chart_init (HoneChart *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->series = g_ptr_array_new_with_free_func ((GDestroyNotify) hone_chart_series_free);
  self->y_low = self->y_high = NAN;
  self->whole = TRUE;
  self->focus = HONE_PLOT_NOWHERE;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect_swapped (motion, "enter", G_CALLBACK (on_enter), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (on_leave), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (on_released), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  hone_chart_style_follow (GTK_WIDGET (self), G_CALLBACK (drop_style));
  rebuild (self);
}

/**
 * hone_chart_new:
 *
 * Returns: (transfer floating): an empty chart
 */
GtkWidget *
hone_chart_new (void)
{
  return g_object_new (HONE_TYPE_CHART, NULL);
}

/**
 * hone_chart_set_titles:
 * @self: a chart
 * @title: what it shows, for screen readers
 * @x_title: (nullable): of the axis
 * @y_title: (nullable): of the axis
 */
void
hone_chart_set_titles (HoneChart  *self,
                       const char *title,
                       const char *x_title,
                       const char *y_title)
{
  g_return_if_fail (HONE_IS_CHART (self));

  g_free (self->title);
  g_free (self->x_title);
  g_free (self->y_title);
  self->title = g_strdup (title);
  self->x_title = g_strdup (x_title);
  self->y_title = g_strdup (y_title);
  rebuild (self);
}

/**
 * hone_chart_set_range:
 * @self: a chart
 * @y_low: lower end of the axis, NAN: from the points
 * @y_high: upper end of the axis, NAN: from the points
 */
void
hone_chart_set_range (HoneChart *self,
                      double     y_low,
                      double     y_high)
{
  g_return_if_fail (HONE_IS_CHART (self));

  self->y_low = y_low;
  self->y_high = y_high;
  rebuild (self);
}

/**
 * hone_chart_set_whole:
 * @self: a chart
 * @whole: x counts iterations, so that a missing one is a gap
 */
void
hone_chart_set_whole (HoneChart *self,
                      gboolean   whole)
{
  g_return_if_fail (HONE_IS_CHART (self));

  self->whole = whole;
  rebuild (self);
}

/**
 * hone_chart_set_series:
 * @self: a chart
 * @series: (transfer full) (element-type HoneChartSeries): the curves; frees its elements
 */
void
hone_chart_set_series (HoneChart *self,
                       GPtrArray *series)
{
  g_return_if_fail (HONE_IS_CHART (self) && series);

  g_ptr_array_unref (self->series);
  self->series = series;
  rebuild (self);
}

/**
 * hone_chart_set_baseline:
 * @self: a chart
 * @name: (nullable): of a level to compare with; %NULL: none
 * @y: its height
 */
void
hone_chart_set_baseline (HoneChart  *self,
                         const char *name,
                         double      y)
{
  g_return_if_fail (HONE_IS_CHART (self));

  g_free ((char *) self->baseline.name);
  self->baseline = (HonePlotBaseline) { isfinite (y) ? g_strdup (name) : NULL, y };
  rebuild (self);
}

/**
 * hone_chart_set_chosen:
 * @self: a chart
 * @key: of the point that is drawn large; 0: none
 */
void
hone_chart_set_chosen (HoneChart *self,
                       gint64     key)
{
  g_return_if_fail (HONE_IS_CHART (self));

  if (self->chosen == key)
    return;
  self->chosen = key;
  self->chart.chosen = find_key (self, key);
  update_reading (self);
  drop_node (self);
}

/**
 * hone_chart_get_reading:
 * @self: a chart
 *
 * Returns: the point that pointer or keys are at, else the chosen one, in words; "" where there is neither
 */
const char *
hone_chart_get_reading (HoneChart *self)
{
  g_return_val_if_fail (HONE_IS_CHART (self), NULL);

  return self->reading;
}
