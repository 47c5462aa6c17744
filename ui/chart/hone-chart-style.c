/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "compat/hone-compat.h"
#include "hone-chart-style.h"

static HonePlotColor
plot_color (const GdkRGBA *color,
            double         alpha)
{
  return (HonePlotColor) { color->red, color->green, color->blue, alpha };
}

static void
take_font (HoneChartStyle *self,
           PangoContext   *context)
{
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double size = pango_font_description_get_size (font) / (double) PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (font))
    size *= pango_cairo_context_get_resolution (context) / 72.0;
  g_free (self->font);
  self->font = g_strdup (pango_font_description_get_family (font));
  self->style.font = self->font;
  if (size > 0)
    self->style.size = size * 0.9;   /* a step below the text of the page */
}

/**
 * hone_chart_style_ensure:
 * @self: zero-initialised, or cleared
 * @widget: whose font and colours to take
 *
 * Fills in what the widget looks like now, unless that was done.
 */
void
hone_chart_style_ensure (HoneChartStyle *self,
                         GtkWidget      *widget)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  PangoContext *context = gtk_widget_get_pango_context (widget);
  GdkRGBA color;

  if (self->text)
    return;
  hone_plot_style_init (&self->style, adw_style_manager_get_dark (manager), adw_style_manager_get_high_contrast (manager));
  hone_compat_widget_get_color (widget, &color);
  self->style.text = plot_color (&color, 1);
  self->style.background.alpha = 0;   /* that of the widget below */
  take_font (self, context);
  self->text = hone_plot_text_new (&self->style, context);
}

/**
 * hone_chart_style_clear:
 * @self: a style
 *
 * Forgets everything; it is looked up anew when needed.
 */
void
hone_chart_style_clear (HoneChartStyle *self)
{
  g_clear_pointer (&self->text, hone_plot_text_free);
  g_clear_pointer (&self->font, g_free);
}

/**
 * hone_chart_style_follow:
 * @widget: a widget that draws with such a style
 * @changed: called with the widget
 *
 * Follows the desktop's choice of light, dark and contrast.
 */
void
hone_chart_style_follow (GtkWidget *widget,
                         GCallback  changed)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  g_signal_connect_object (manager, "notify::dark", changed, widget, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", changed, widget, G_CONNECT_SWAPPED);
}
