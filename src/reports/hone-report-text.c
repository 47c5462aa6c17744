/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers and findings as people read them. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "hone-report-text.h"

#define DASH "–"

static gboolean
is_share (HoneMeasure measure)
{
  return measure != HONE_MEASURE_KAPPA && measure != HONE_MEASURE_LOG_LOSS && measure != HONE_MEASURE_CALIBRATION_ERROR &&
         measure != HONE_MEASURE_MEAN_MARK;
}

static char *
format_double (const char *format,
               double      value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, format, value));
}

/**
 * hone_report_format_share:
 * @share: ratio 0 to 1, or NAN
 *
 * Returns: (transfer full): “16.1 %”, or a dash
 */
char *
hone_report_format_share (double share)
{
  g_autofree char *number = NULL;

  if (!isfinite (share))
    return g_strdup (DASH);
  number = format_double ("%.1f", share * 100.0);
  return g_strdup_printf ("%s %%", number);
}

/**
 * hone_report_format_measure:
 * @measure: which one
 * @value: its value, or NAN
 *
 * Returns: (transfer full): “16.1 %” for shares, “0.612” for others, a dash where undefined
 */
char *
hone_report_format_measure (HoneMeasure measure,
                            double      value)
{
  if (!isfinite (value))
    return g_strdup (DASH);
  return is_share (measure) ? hone_report_format_share (value) : format_double ("%.3f", value);
}

/**
 * hone_report_format_estimate:
 * @measure: which one
 * @estimate: value and interval
 *
 * Returns: (transfer full): “16.1 % (13.7–18.8)”
 */
char *
hone_report_format_estimate (HoneMeasure         measure,
                             const HoneEstimate *estimate)
{
  g_autofree char *value = hone_report_format_measure (measure, estimate->value);
  g_autofree char *low = NULL, *high = NULL;
  double scale = is_share (measure) ? 100.0 : 1.0;
  const char *format = is_share (measure) ? "%.1f" : "%.3f";

  if (!isfinite (estimate->value) || !isfinite (estimate->low) || !isfinite (estimate->high))
    return g_steal_pointer (&value);
  low = format_double (format, estimate->low * scale);
  high = format_double (format, estimate->high * scale);
  return g_strdup_printf ("%s (%s–%s)", value, low, high);
}

/**
 * hone_report_format_p:
 * @p: probability 0 to 1
 *
 * Returns: (transfer full): “p = 0.020” or “p < 0.001”
 */
char *
hone_report_format_p (double p)
{
  g_autofree char *number = NULL;

  if (!isfinite (p))
    return g_strdup (DASH);
  if (p < 0.001)
    return g_strdup ("p < 0.001");
  number = format_double ("%.3f", p);
  return g_strdup_printf ("p = %s", number);
}

/**
 * hone_report_format_mcnemar:
 * @a_only: examples that only the first was right about
 * @b_only: examples that only the second was right about
 * @p: of McNemar's exact test
 *
 * Says in words what the second is compared with the first. Below 0.05 the difference counts as one.
 *
 * Returns: (transfer full): “better, p = 0.020”
 */
char *
hone_report_format_mcnemar (guint64 a_only,
                            guint64 b_only,
                            double  p)
{
  g_autofree char *shown = hone_report_format_p (p);

  if (!(p < 0.05))
    return g_strdup_printf (_("not distinguishable, %s"), shown);
  return b_only > a_only ? g_strdup_printf (_("better, %s"), shown) : g_strdup_printf (_("worse, %s"), shown);
}

/* ---- what was left out ---- */

static const struct {
  const char *key;
  gsize       offset;
} reasons[HONE_REPORT_N_REASONS] = {
  { "no-label", G_STRUCT_OFFSET (HoneLeftOut, unlabelled) },
  { "disputed", G_STRUCT_OFFSET (HoneLeftOut, disputed) },
  { "failed", G_STRUCT_OFFSET (HoneLeftOut, failed) },
  { "missing", G_STRUCT_OFFSET (HoneLeftOut, missing) },
  { "trained", G_STRUCT_OFFSET (HoneLeftOut, trained) },
};

/**
 * hone_report_reason_key:
 * @nth: below %HONE_REPORT_N_REASONS
 *
 * Returns: the stable word of a reason to leave an example out of a score
 */
const char *
hone_report_reason_key (gsize nth)
{
  g_return_val_if_fail (nth < HONE_REPORT_N_REASONS, NULL);

  return reasons[nth].key;
}

/**
 * hone_report_reason_count:
 * @left_out: counts
 * @nth: below %HONE_REPORT_N_REASONS
 *
 * Returns: how many examples were left out for this reason
 */
guint64
hone_report_reason_count (const HoneLeftOut *left_out,
                          gsize              nth)
{
  g_return_val_if_fail (nth < HONE_REPORT_N_REASONS, 0);

  return G_STRUCT_MEMBER (guint64, left_out, reasons[nth].offset);
}

/**
 * hone_report_count_left_out:
 * @left_out: counts
 *
 * Returns: how many examples were left out in all
 */
guint64
hone_report_count_left_out (const HoneLeftOut *left_out)
{
  guint64 sum = 0;

  for (gsize i = 0; i < HONE_REPORT_N_REASONS; i++)
    sum += hone_report_reason_count (left_out, i);
  return sum;
}

/* The sentence part of one reason. A format per reason keeps each a whole for translators. */
static char *
format_reason (gsize   nth,
               guint64 count)
{
  unsigned long n = (unsigned long) count;
  const char *format;

  switch (nth)
    {
    case 0:
      format = ngettext ("%lu without a label", "%lu without a label", n);
      break;
    case 1:
      format = ngettext ("%lu disputed", "%lu disputed", n);
      break;
    case 2:
      format = ngettext ("%lu failed", "%lu failed", n);
      break;
    case 3:
      format = ngettext ("%lu never asked", "%lu never asked", n);
      break;
    default:
      format = ngettext ("%lu trained on", "%lu trained on", n);
      break;
    }
  return g_strdup_printf (format, n);
}

/**
 * hone_report_format_left_out:
 * @left_out: counts
 *
 * Returns: (transfer full) (nullable): “3 without a label, 1 failed”; %NULL where nothing was left out
 */
char *
hone_report_format_left_out (const HoneLeftOut *left_out)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < HONE_REPORT_N_REASONS; i++)
    {
      guint64 count = hone_report_reason_count (left_out, i);
      g_autofree char *part = count ? format_reason (i, count) : NULL;

      if (part)
        g_string_append_printf (text, "%s%s", text->len ? ", " : "", part);
    }
  return g_string_free (text, text->len == 0);
}

/**
 * hone_report_format_time:
 * @time: microseconds since 1970 UTC
 *
 * Returns: (transfer full) (nullable): ISO 8601 in UTC to the second; %NULL for 0
 */
char *
hone_report_format_time (gint64 time)
{
  g_autoptr(GDateTime) moment = time > 0 ? g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC) : NULL;

  return moment ? g_date_time_format_iso8601 (moment) : NULL;
}
