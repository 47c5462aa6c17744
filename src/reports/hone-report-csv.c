/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report as CSV: one row per experiment, iteration, split and measure. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "hone-report-text.h"
#include "hone-report-write.h"

static void
append_field (GString    *out,
              const char *field)
{
  if (strpbrk (field, ",\"\r\n") == NULL)
    {
      g_string_append (out, field);
      return;
    }
  g_string_append_c (out, '"');
  for (const char *at = field; *at; at++)
    {
      if (*at == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *at);
    }
  g_string_append_c (out, '"');
}

/* Empty where undefined, and else with enough digits to read the same number back. */
static void
append_number (GString *out,
               double   number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_c (out, ',');
  if (!isfinite (number))
    return;
  g_ascii_formatd (buffer, sizeof buffer, "%.15g", number);
  if (g_ascii_strtod (buffer, NULL) != number)
    g_ascii_formatd (buffer, sizeof buffer, "%.17g", number);
  g_string_append (out, buffer);
}

static void
append_row (GString                   *out,
            const HoneReport          *self,
            const HoneReportIteration *item,
            const char                *measure,
            const HoneEstimate        *estimate)
{
  append_field (out, item->experiment);
  g_string_append_printf (out, ",%d,%s,%s", item->number, hone_split_to_string (self->split), measure);
  append_number (out, estimate->value);
  append_number (out, estimate->low);
  append_number (out, estimate->high);
  g_string_append_printf (out, ",%" G_GUINT64_FORMAT ",%" G_GUINT64_FORMAT "\r\n", item->scores->n,
                          hone_report_count_left_out (&item->scores->left_out));
}

/**
 * hone_report_to_csv:
 * @self: a report
 *
 * One row per experiment, iteration, split and measure, with `chance` and `majority` among the measures. An undefined number is an
 * empty field; an iteration without scores has no row.
 *
 * Returns: (transfer full): the table with a header row
 */
char *
hone_report_to_csv (const HoneReport *self)
{
  GString *out = g_string_new ("experiment,iteration,split,measure,value,low,high,n,left_out\r\n");

  for (guint i = 0; i < self->iterations->len; i++)
    {
      const HoneReportIteration *item = hone_report_get_iteration (self, i);

      if (item->status != HONE_REPORT_SCORED)
        continue;
      for (int measure = 0; measure < HONE_N_MEASURES; measure++)
        append_row (out, self, item, hone_measure_get_key (measure), &item->scores->measures[measure]);
      append_row (out, self, item, "chance", &item->scores->chance);
      append_row (out, self, item, "majority", &item->scores->majority);
    }
  return g_string_free (out, FALSE);
}
