/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words on a picture. Shaping is most of the cost of a matrix of numbers, so shaped text is kept. */
#include "config.h"

#include <string.h>

#include "hone-plot-text.h"

/* A hundred classes with two themes of numbers fit; names of a whole project do not stay forever. */
#define MAX_KEPT 2048

struct _HonePlotText {
  PangoContext         *context;
  PangoFontDescription *font;
  double                size;
  GHashTable           *kept;    /* of char* to PangoLayout */
};

/* Control characters, code points that are no characters, and those that turn the direction of what follows them, by which a name could
 * change how its neighbours read. A PDF with some of these cannot be written, and HTML may not hold them. */
static gboolean
is_forbidden (gunichar c)
{
  return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c <= 0x9f) || (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef) ||
         (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/**
 * hone_plot_clean_text:
 * @text: any bytes
 *
 * Returns: (transfer full): valid UTF-8 without control characters but line feed and tab
 */
char *
hone_plot_clean_text (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *out = g_string_sized_new (strlen (valid));

  for (const char *at = valid; *at; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      g_string_append_unichar (out, is_forbidden (c) ? 0xfffd : c);
    }
  return g_string_free (out, FALSE);
}

static PangoContext *
make_context (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();

  /* The same picture at every scale and on every kind of surface. */
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  pango_cairo_context_set_resolution (context, 96.0);
  pango_context_set_round_glyph_positions (context, FALSE);
  cairo_font_options_destroy (options);
  return context;
}

/**
 * hone_plot_text_new:
 * @style: font and size; copied
 * @context: (nullable): a widget's context; %NULL for a picture without a display
 *
 * Returns: (transfer full): a pen
 */
HonePlotText *
hone_plot_text_new (const HonePlotStyle *style,
                    PangoContext        *context)
{
  HonePlotText *self = g_new0 (HonePlotText, 1);

  self->context = context ? g_object_ref (context) : make_context ();
  self->font = pango_font_description_from_string (style->font ? style->font : "Sans");
  self->size = style->size;
  self->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  return self;
}

/**
 * hone_plot_text_free:
 * @self: (transfer full): a pen
 */
void
hone_plot_text_free (HonePlotText *self)
{
  g_hash_table_unref (self->kept);
  pango_font_description_free (self->font);
  g_object_unref (self->context);
  g_free (self);
}

/* @room: 0 for none; cut text is another shape of the same words. */
static PangoLayout *
get_layout (HonePlotText *self,
            const char   *text,
            double        scale,
            double        room,
            gboolean      bold)
{
  g_autofree char *key = g_strdup_printf ("%d %d %d %s", (int) (scale * 1000.0), (int) room, bold != FALSE, text), *clean = NULL;
  PangoLayout *layout = g_hash_table_lookup (self->kept, key);

  if (layout)
    return layout;
  if (g_hash_table_size (self->kept) >= MAX_KEPT)
    g_hash_table_remove_all (self->kept);
  layout = pango_layout_new (self->context);
  pango_font_description_set_absolute_size (self->font, self->size * scale * PANGO_SCALE);
  pango_font_description_set_weight (self->font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, self->font);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  if (room > 0.0)
    {
      pango_layout_set_width (layout, (int) (room * PANGO_SCALE));
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
    }
  clean = hone_plot_clean_text (text);
  pango_layout_set_text (layout, clean, -1);
  g_hash_table_insert (self->kept, g_steal_pointer (&key), layout);
  return layout;
}

static void
get_extents (PangoLayout *layout,
             double      *width,
             double      *height)
{
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  *width = (double) logical.width / PANGO_SCALE;
  *height = (double) logical.height / PANGO_SCALE;
}

/**
 * hone_plot_text_get_width:
 * @self: a pen
 * @text: words
 * @scale: of the style's size
 *
 * Returns: their width in pixels
 */
double
hone_plot_text_get_width (HonePlotText *self,
                          const char   *text,
                          double        scale)
{
  double width, height;

  get_extents (get_layout (self, text, scale, 0.0, FALSE), &width, &height);
  return width;
}

static double
measure (const char *text,
         gpointer    data)
{
  return hone_plot_text_get_width (data, text, 1.0);
}

/**
 * hone_plot_text_get_metrics:
 * @self: a pen, which must outlive @metrics
 * @metrics: (out): how much room its text takes
 */
void
hone_plot_text_get_metrics (HonePlotText    *self,
                            HonePlotMetrics *metrics)
{
  double width, height;

  get_extents (get_layout (self, "0", 1.0, 0.0, FALSE), &width, &height);
  *metrics = (HonePlotMetrics) { .line = height, .measure = measure, .data = self };
}

/**
 * hone_plot_text_show:
 * @self: a pen
 * @cr: where to
 * @text: words
 * @x: pixels from the left
 * @y: pixels from the top, the middle of the line
 * @align: 0 begins at the place, 0.5 is centred on it, 1 ends there
 * @scale: of the style's size
 * @room: pixels after which the text is cut with “…”; 0 for none
 * @flags: bold, or turned
 * @color: of the text
 */
void
hone_plot_text_show (HonePlotText        *self,
                     cairo_t             *cr,
                     const char          *text,
                     double               x,
                     double               y,
                     double               align,
                     double               scale,
                     double               room,
                     HonePlotTextFlags    flags,
                     const HonePlotColor *color)
{
  gboolean bold = (flags & HONE_PLOT_BOLD) != 0;
  double width, height;
  PangoLayout *layout = get_layout (self, text, scale, 0.0, bold);

  get_extents (layout, &width, &height);
  if (room > 0.0 && width > room)
    {
      layout = get_layout (self, text, scale, room, bold);
      get_extents (layout, &width, &height);
    }
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, color->alpha);
  if (!(flags & HONE_PLOT_UPRIGHT))
    {
      cairo_move_to (cr, x - width * align, y - height / 2.0);
      pango_cairo_show_layout (cr, layout);
      return;
    }
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_rotate (cr, -G_PI_2);
  cairo_move_to (cr, -width * align, -height / 2.0);
  pango_cairo_show_layout (cr, layout);
  cairo_restore (cr);
}
