/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Invented texts and run directories for the engine's tests. */
#pragma once

#include "hone-corpus.h"
#include "hone-ngrams-train.h"

/* A text of ten words: of the vocabulary of @category with probability @purity, else of one that all share. */
char       *engine_support_text        (guint         category,
                                        guint64       nth,
                                        double        purity);

/* @n_labelled texts of categories 0 … n - 1 in turn, then @n_unlabelled. */
HoneCorpus *engine_support_corpus      (guint         n_categories,
                                        guint         n_labelled,
                                        guint         n_unlabelled,
                                        double        purity);

/* "A", "B", … NULL-terminated; at most 26. */
char      **engine_support_keys        (guint         n_categories);

/* The whole file in hexadecimal SHA-256. */
char       *engine_support_sha256      (const char   *path);

char       *engine_support_directory   (void);               /* (transfer full) a fresh one */
void        engine_support_remove      (const char   *directory);
void        engine_support_write       (const char   *directory,
                                        const char   *name,
                                        const char   *text);

/* job.json; @more (nullable) are further members, each with a comma before it. */
void        engine_support_write_job   (const char   *directory,
                                        const char   *kind,
                                        const char   *choice,
                                        guint         n_categories,
                                        const char   *more);
void        engine_support_write_texts (const char   *directory,
                                        guint         n_categories,
                                        guint         n_labelled,
                                        guint         n_unlabelled,
                                        double        purity);
void        engine_support_write_input (const char   *directory,
                                        guint         n_categories,
                                        guint         n_texts,
                                        double        purity);
