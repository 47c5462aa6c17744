/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The model of method ngrams as a file. */
#pragma once

#include "hone-ngrams-model.h"

G_BEGIN_DECLS

#define HONE_MODEL_FILE_NAME    "model.ngrams"
#define HONE_MODEL_FILE_MAGIC   "\x89HngramS"
#define HONE_MODEL_FILE_VERSION 1

/* Returns (transfer full) the SHA-256 of the file in hexadecimal. */
char            *hone_model_file_save (const HoneNgramsModel *model,
                                       const char            *path,
                                       GError               **error);

/* @path: the file, or a folder with a file of HONE_MODEL_FILE_NAME. */
HoneNgramsModel *hone_model_file_load (const char            *path,
                                       GError               **error);

G_END_DECLS
