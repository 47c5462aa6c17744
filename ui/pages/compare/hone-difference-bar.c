/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "compat/hone-compat.h"
#include "hone-difference-bar.h"

#define WIDTH 64
#define HEIGHT 6

struct _HoneDifferenceBar {
  GtkWidget parent_instance;

  double    share;
};

G_DEFINE_FINAL_TYPE (HoneDifferenceBar, hone_difference_bar, GTK_TYPE_WIDGET)

static void
hone_difference_bar_measure (GtkWidget      *widget,
                             GtkOrientation  orientation,
                             int             for_size,
                             int            *minimum,
                             int            *natural,
                             int            *minimum_baseline,
                             int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static void
hone_difference_bar_snapshot (GtkWidget   *widget,
                              GtkSnapshot *snapshot)
{
  HoneDifferenceBar *self = HONE_DIFFERENCE_BAR (widget);
  float width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget), middle = floorf (width / 2);
  float length = roundf ((float) self->share * (middle - 1));
  GdkRGBA color, track;

  hone_compat_widget_get_color (widget, &color);
  track = color;
  track.alpha *= 0.25f;
  gtk_snapshot_append_color (snapshot, &track, &GRAPHENE_RECT_INIT (0, floorf (height / 2), width, 1));
  if (length != 0)
    gtk_snapshot_append_color (snapshot, &color, &GRAPHENE_RECT_INIT (length < 0 ? middle + length : middle + 1, 0, fabsf (length), height));
  track.alpha = color.alpha;
  gtk_snapshot_append_color (snapshot, &track, &GRAPHENE_RECT_INIT (middle, 0, 1, height));
}

static void
hone_difference_bar_class_init (HoneDifferenceBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = hone_difference_bar_measure;
  widget_class->snapshot = hone_difference_bar_snapshot;
  gtk_widget_class_set_css_name (widget_class, "differencebar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
hone_difference_bar_init (HoneDifferenceBar *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

/**
 * hone_difference_bar_new:
 * @share: of half the bar, -1 to 1; below zero to the left
 *
 * Returns: (transfer floating): a bar
 */
GtkWidget *
hone_difference_bar_new (double share)
{
  HoneDifferenceBar *self = g_object_new (HONE_TYPE_DIFFERENCE_BAR, NULL);

  self->share = isfinite (share) ? CLAMP (share, -1, 1) : 0;
  if (self->share != 0)
    gtk_widget_add_css_class (GTK_WIDGET (self), self->share > 0 ? "better" : "worse");
  return GTK_WIDGET (self);
}
