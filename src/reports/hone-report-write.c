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
    { ".html", HONE_REPORT_HTML }, { ".htm", HONE_REPORT_HTML }, { ".pdf", HONE_REPORT_PDF },
  };
  g_autofree char *lower = g_ascii_strdown (path, -1);
  g_autofree char *shown = g_filename_display_name (path);

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (lower, endings[i].ending))
      {
        *form = endings[i].form;
        return TRUE;
      }
  g_set_error (error, HONE_REPORT_ERROR, HONE_REPORT_ERROR_FORM,
               _("“%s” does not say what to write: end it with .html, .pdf, .md, .csv or .json"), shown);
  return FALSE;
}

static char *
to_text (const HoneReport *self,
         HoneReportForm    form)
{
  switch (form)
    {
    case HONE_REPORT_CSV:
      return hone_report_to_csv (self);
    case HONE_REPORT_JSON:
      return hone_report_to_json (self);
    case HONE_REPORT_HTML:
      return hone_report_to_html (self);
    case HONE_REPORT_MARKDOWN:
    case HONE_REPORT_PDF:
    default:
      return hone_report_to_markdown (self);
    }
}

static GBytes *
to_bytes (const HoneReport  *self,
          HoneReportForm     form,
          GError           **error)
{
  char *text;

  if (form == HONE_REPORT_PDF)
    return hone_report_to_pdf (self, error);
  text = to_text (self, form);
  return g_bytes_new_take (text, strlen (text));
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
  g_autoptr(GError) local = NULL;
  g_autoptr(GBytes) bytes = to_bytes (self, form, &local);
  g_autofree char *shown = g_filename_display_name (path);

  if (bytes && g_file_set_contents_full (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                         G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0666, &local))
    return TRUE;
  g_set_error (error, HONE_REPORT_ERROR, HONE_REPORT_ERROR_WRITE, _("The report “%s” cannot be written: %s"), shown, local->message);
  return FALSE;
}
