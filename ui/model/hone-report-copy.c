/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hone-report-copy.h"

struct _HoneReportCopy {
  GMutex      mutex;     /* the parts of the report are set by who works on it */
  HoneReport *report;
};

/**
 * hone_report_copy_new:
 * @report: (transfer full): what was built
 *
 * Returns: (transfer full): it, to be shared by workers
 */
HoneReportCopy *
hone_report_copy_new (HoneReport *report)
{
  HoneReportCopy *self;

  g_return_val_if_fail (report, NULL);

  self = g_atomic_rc_box_new0 (HoneReportCopy);
  g_mutex_init (&self->mutex);
  self->report = report;
  return self;
}

static void
clear (gpointer data)
{
  HoneReportCopy *self = data;

  hone_report_free (self->report);
  g_mutex_clear (&self->mutex);
}

/**
 * hone_report_copy_unref:
 * @self: (transfer full): a report
 */
void
hone_report_copy_unref (HoneReportCopy *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

typedef struct {
  HoneReportCopy *copy;
  guint           sections;
  HoneReportForm  form;
  char           *path;      /* (nullable) */
} Output;

static Output *
output_new (HoneReportCopy *copy,
            guint           sections)
{
  Output *output = g_new0 (Output, 1);

  output->copy = g_atomic_rc_box_acquire (copy);
  output->sections = sections;
  return output;
}

static void
output_free (gpointer data)
{
  Output *output = data;

  hone_report_copy_unref (output->copy);
  g_free (output->path);
  g_free (output);
}

/* ---- pages ---- */

static gpointer
lay_out (HoneStore     *store,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  Output *output = data;
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&output->copy->mutex);

  output->copy->report->sections = output->sections;
  return hone_report_paper_new (output->copy->report);
}

/**
 * hone_report_copy_lay_out_async:
 * @self: a report
 * @store: whose workers do it
 * @sections: #HoneReportSections
 * @callback: called with the pages
 * @user_data: for @callback
 */
void
hone_report_copy_lay_out_async (HoneReportCopy      *self,
                                HoneStore           *store,
                                guint                sections,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_return_if_fail (self && HONE_IS_STORE (store));

  hone_store_call_async (store, HONE_LANE_READ, lay_out, output_new (self, sections), output_free, (GDestroyNotify) hone_report_paper_unref,
                         NULL, callback, user_data);
}

/**
 * hone_report_copy_lay_out_finish:
 * @store: as asked
 * @result: given to the callback
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the pages
 */
HoneReportPaper *
hone_report_copy_lay_out_finish (HoneStore     *store,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return hone_store_call_finish (store, result, error);
}

/* ---- files ---- */

static gpointer
write_out (HoneStore     *store,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Output *output = data;
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&output->copy->mutex);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  output->copy->report->sections = output->sections;
  return GINT_TO_POINTER (hone_report_write (output->copy->report, output->form, output->path, error));
}

/**
 * hone_report_copy_write_async:
 * @self: a report
 * @store: whose workers do it
 * @sections: #HoneReportSections
 * @form: of the file
 * @path: of the file
 * @cancellable: (nullable): looked at before writing begins
 * @callback: called when the file is written
 * @user_data: for @callback
 */
void
hone_report_copy_write_async (HoneReportCopy      *self,
                              HoneStore           *store,
                              guint                sections,
                              HoneReportForm       form,
                              const char          *path,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  Output *output;

  g_return_if_fail (self && HONE_IS_STORE (store) && path);

  output = output_new (self, sections);
  output->form = form;
  output->path = g_strdup (path);
  hone_store_call_async (store, HONE_LANE_READ, write_out, output, output_free, NULL, cancellable, callback, user_data);
}

/**
 * hone_report_copy_write_finish:
 * @store: as asked
 * @result: given to the callback
 * @error: return location
 *
 * Returns: whether the file is written; else it is as it was
 */
gboolean
hone_report_copy_write_finish (HoneStore     *store,
                               GAsyncResult  *result,
                               GError       **error)
{
  return GPOINTER_TO_INT (hone_store_call_finish (store, result, error));
}
