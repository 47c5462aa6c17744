/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of projects that use the data folder: a small file for each, so that programs that write at once lose none. For src/jobs alone. */
#pragma once

#include "hone-data-folder.h"

G_BEGIN_DECLS

typedef struct {
  char *file;     /* that says so */
  char *uuid;
  char *path;
} HoneDataProject;
void       _hone_data_project_free (HoneDataProject *self);

GPtrArray *_hone_data_list_projects (void);   /* of HoneDataProject */

G_END_DECLS
