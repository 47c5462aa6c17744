/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What came of an import. */
#include "config.h"

#include "hone-import-private.h"

static void
problem_free (gpointer data)
{
  HoneImportProblem *problem = data;

  g_free (problem->path);
  g_free (problem->field);
  g_free (problem->code);
  g_free (problem->message);
  g_free (problem);
}

static void
sample_free (gpointer data)
{
  HoneImportSample *sample = data;

  g_free (sample->text);
  g_strfreev (sample->words);
  g_free (sample);
}

void
_hone_import_report_add_sample (HoneImportReport *report,
                                const HoneRecord *record)
{
  const HoneRecordLabel *label = record->labels != NULL && record->labels->len > 0 ? record->labels->pdata[0] : NULL;
  HoneImportSample *sample;

  if (report->samples->len >= HONE_IMPORT_MAX_SAMPLES || record->text == NULL)
    return;
  sample = g_new0 (HoneImportSample, 1);
  sample->text = g_strdup (record->text);
  sample->words = g_strdupv (label != NULL ? label->words : record->known);
  g_ptr_array_add (report->samples, sample);
}

/**
 * hone_import_report_free:
 * @self: (transfer full): a report
 */
void
hone_import_report_free (HoneImportReport *self)
{
  g_free (self->description);
  g_free (self->source);
  g_strfreev (self->columns);
  g_ptr_array_unref (self->samples);
  g_ptr_array_unref (self->problems);
  g_clear_pointer (&self->new_ontology, hone_ontology_unref);
  g_free (self);
}

void
_hone_import_report_add_problem (HoneImportReport *report,
                                 const HoneRecord *record,
                                 const char       *code,
                                 const char       *field,
                                 const char       *message,
                                 gboolean          refused)
{
  HoneImportProblem *problem;

  if (report->n_problems++ >= HONE_IMPORT_MAX_PROBLEMS)
    return;
  problem = g_new0 (HoneImportProblem, 1);
  if (record != NULL)
    {
      problem->path = g_strdup (record->path);
      problem->line = record->line;
    }
  problem->code = g_strdup (code);
  problem->field = g_strdup (field);
  problem->message = g_strdup (message);
  problem->refused = refused;
  g_ptr_array_add (report->problems, problem);
}

HoneImportReport *
_hone_import_report_new (void)
{
  HoneImportReport *self = g_new0 (HoneImportReport, 1);

  self->problems = g_ptr_array_new_with_free_func (problem_free);
  self->samples = g_ptr_array_new_with_free_func (sample_free);
  return self;
}
