/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Projects and trainers for the tests of src/jobs. */
#pragma once

#include "formats/hone-json.h"
#include "jobs/hone-import.h"
#include "jobs/hone-tune.h"

G_BEGIN_DECLS

/* A folder of this test program's own; removed by the isolation of directories. */
char      *support_dup_folder    (void);
/* An empty project in it. */
HoneStore *support_new_project   (const char *name);
/* Writes @text to a file in the folder; returns its path. */
char      *support_write         (const char *name, const char *text);
/* Imports one file with these labels; asserts that it works. */
void       support_import        (HoneStore *store, const char *path, int split, HoneImportLabels labels);
/* The counts and warnings of an import, as an object {"examples", "labels", "current", "predictions", …} wants them; fails the test. */
void       support_check_report  (const HoneImportReport *report, const HoneJson *expected);
/* 19 labelled texts in train, 10 in validation, of three categories; distinct words tell them apart. */
HoneStore *support_new_labelled  (const char *name);
/* Path of a test trainer. */
char      *support_dup_trainer   (const char *name);
/* Tunes experiment "e" with this trainer; returns the run, finished. @good: whether it is to succeed. */
HoneRun   *support_tune          (HoneRunQueue *queue, const char *trainer, gboolean good, GError **error);

G_END_DECLS
