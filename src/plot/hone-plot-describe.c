/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Charts and matrices in sentences, for people who do not see the picture. The numbers themselves stand in a table beside it. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hone-plot-matrix.h"

/* More would be listened to by nobody. */
#define MAX_SERIES 8
#define MAX_CONFUSIONS 3

static char *
format_value (double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, fabs (value) < 10.0 ? "%.3f" : "%.1f", value));
}

static const HonePlotPoint *
find_end (const HonePlotSeries *series,
          gboolean              last)
{
  for (gsize i = 0; i < series->n_points; i++)
    {
      const HonePlotPoint *point = &series->points[last ? series->n_points - 1 - i : i];

      if (isfinite (point->y))
        return point;
    }
  return NULL;
}

static void
append_series (GString              *out,
               const HonePlotSeries *series)
{
  const HonePlotPoint *first = find_end (series, FALSE), *last = find_end (series, TRUE);
  g_autofree char *begin = NULL, *end = NULL;

  if (first == NULL)
    {
      g_string_append_printf (out, _(" %s: no values."), series->name);
      return;
    }
  begin = format_value (first->y);
  end = format_value (last->y);
  if (first == last)
    g_string_append_printf (out, _(" %s: %s at %g."), series->name, end, last->x);
  else
    g_string_append_printf (out, _(" %s: %s at %g, %s at %g."), series->name, begin, first->x, end, last->x);
}

/**
 * hone_plot_chart_describe:
 * @chart: a chart
 *
 * Returns: (transfer full): what a reader sees at first sight: each series' first and last value, and the baselines
 */
char *
hone_plot_chart_describe (const HonePlotChart *chart)
{
  GString *out = g_string_new (NULL);
  const char *y = chart->y_title ? chart->y_title : _("value"), *x = chart->x_title ? chart->x_title : _("step");

  g_string_append_printf (out, _("Line chart: %s by %s."), y, x);
  for (gsize i = 0; i < MIN (chart->n_series, MAX_SERIES); i++)
    append_series (out, &chart->series[i]);
  if (chart->n_series > MAX_SERIES)
    g_string_append_printf (out, ngettext (" And %lu more series.", " And %lu more series.", (unsigned long) (chart->n_series - MAX_SERIES)),
                            (unsigned long) (chart->n_series - MAX_SERIES));
  for (gsize i = 0; i < chart->n_baselines; i++)
    {
      g_autofree char *value = format_value (chart->baselines[i].y);

      g_string_append_printf (out, _(" For comparison, %s: %s."), chart->baselines[i].name, value);
    }
  return g_string_free (out, FALSE);
}

/**
 * hone_plot_matrix_describe_cell:
 * @matrix: a matrix
 * @cell: inside of it
 *
 * Returns: (transfer full): “CULTURE read as MEDIA: 9 texts, 12.0 % of CULTURE”
 */
char *
hone_plot_matrix_describe_cell (const HonePlotMatrix *matrix,
                                HonePlotCell          cell)
{
  guint64 count = hone_plot_matrix_get_count (matrix, cell);
  double share = hone_plot_matrix_get_row_share (matrix, cell);
  g_autofree char *texts = g_strdup_printf (ngettext ("%lu text", "%lu texts", (unsigned long) count), (unsigned long) count);
  const char *row = matrix->rows[cell.row], *column = matrix->columns[cell.column];
  char percent[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *what = cell.row == cell.column ? g_strdup_printf (_("%s found"), row) : g_strdup_printf (_("%s read as %s"), row, column);

  if (isnan (share))
    return g_strdup_printf ("%s: %s", what, texts);
  g_ascii_formatd (percent, sizeof percent, "%.1f", share * 100.0);
  return g_strdup_printf (_("%s: %s, %s %% of %s"), what, texts, percent, row);
}

/**
 * hone_plot_matrix_describe:
 * @matrix: a matrix
 *
 * Returns: (transfer full): its size, how much is on the diagonal, and the most frequent confusions
 */
char *
hone_plot_matrix_describe (const HonePlotMatrix *matrix)
{
  GString *out = g_string_new (NULL);
  g_autoptr(GArray) largest = hone_plot_matrix_find_largest (matrix, MAX_CONFUSIONS);
  guint64 right = 0, sum = 0;

  for (gsize row = 0; row < matrix->n_rows; row++)
    for (gsize column = 0; column < matrix->n_scored; column++)
      {
        guint64 count = hone_plot_matrix_get_count (matrix, (HonePlotCell) { row, column });

        sum += count;
        right += row == column ? count : 0;
      }
  g_string_append_printf (out, ngettext ("Confusion matrix of %lu category: %lu of %lu on the diagonal.",
                                         "Confusion matrix of %lu categories: %lu of %lu on the diagonal.",
                                         (unsigned long) matrix->n_rows),
                          (unsigned long) matrix->n_rows, (unsigned long) right, (unsigned long) sum);
  for (guint i = 0; i < largest->len; i++)
    {
      g_autofree char *cell = hone_plot_matrix_describe_cell (matrix, g_array_index (largest, HonePlotCell, i));

      g_string_append_printf (out, " %s.", cell);
    }
  return g_string_free (out, FALSE);
}
