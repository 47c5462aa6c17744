/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report into a file. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hone-report-json.h"
#include "hone-report-write.h"

G_DEFINE_QUARK (hone-report-error-quark, hone_report_error)

/**
 * hone_report_form_from_path:
 * @path: name of the file to write
 * @form: (out): the form that its ending asks for
 * @error: where to put %HONE_REPORT_ERROR_FORM
 *
 * Returns: %TRUE if this version writes that form
 */
gboolean
hone_report_form_from_path (const char      *path,
                            HoneReportForm  *form,
                            GError         **error)
{
  static const struct {
    const char     *ending;
    HoneReportForm  form;
  } endings[] = {
    { ".md", HONE_REPORT_MARKDOWN }, { ".markdown", HONE_REPORT_MARKDOWN }, { ".csv", HONE_REPORT_CSV }, { ".json", HONE_REPORT_JSON },
  };
  g_autofree char *lower = g_ascii_strdown (path, -1);
  g_autofree char *shown = g_filename_display_name (path);

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (lower, endings[i].ending))
      {
        *form = endings[i].form;
        return TRUE;
      }
  if (g_str_has_suffix (lower, ".html") || g_str_has_suffix (lower, ".pdf"))
    g_set_error (error, HONE_REPORT_ERROR, HONE_REPORT_ERROR_FORM,
                 _("“%s” asks for an HTML or PDF report, which is not in this version: end it with .md, .csv or .json"), shown);
  else
    g_set_error (error, HONE_REPORT_ERROR, HONE_REPORT_ERROR_FORM,
                 _("“%s” does not say what to write: end it with .md, .csv or .json"), shown);
  return FALSE;
}

/**
 * hone_report_write:
 * @self: a report with its project filled in
 * @form: how to write it
 * @path: where to
 * @error: where to put %HONE_REPORT_ERROR_WRITE
 *
 * Returns: %TRUE if the file is written; else it is as it was
 */
gboolean
hone_report_write (const HoneReport  *self,
                   HoneReportForm     form,
                   const char        *path,
                   GError           **error)
{
  g_autofree char *text = NULL, *shown = NULL;
  g_autoptr(GError) local = NULL;

  switch (form)
    {
    case HONE_REPORT_CSV:
      text = hone_report_to_csv (self);
      break;
    case HONE_REPORT_JSON:
      text = hone_report_to_json (self);
      break;
    case HONE_REPORT_MARKDOWN:
    default:
      text = hone_report_to_markdown (self);
      break;
    }
  if (g_file_set_contents_full (path, text, strlen (text), G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0666, &local))
    return TRUE;
  shown = g_filename_display_name (path);
  g_set_error (error, HONE_REPORT_ERROR, HONE_REPORT_ERROR_WRITE, _("The report “%s” cannot be written: %s"), shown, local->message);
  return FALSE;
}
