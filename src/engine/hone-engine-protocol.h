/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of the trainer protocol (docs/trainer.md): the one header that front end and engine share. */
#pragma once

#define HONE_PROTOCOL_VERSION 1

/* Files of a run directory. The front end writes the first group, the trainer the second. */
#define HONE_PROTOCOL_JOB_FILE          "job.json"
#define HONE_PROTOCOL_TRAIN_FILE        "train.jsonl"       /* {"id","text","categories":[KEY…],"weight"} */
#define HONE_PROTOCOL_UNLABELLED_FILE   "unlabelled.jsonl"  /* {"id","text"}: only with option self_training */
#define HONE_PROTOCOL_INPUT_FILE        "input.jsonl"       /* {"id","text"}: texts to predict */

#define HONE_PROTOCOL_EVENTS_FILE       "events.jsonl"      /* standard output, appended */
#define HONE_PROTOCOL_LOG_FILE          "log.txt"           /* standard error, appended */
#define HONE_PROTOCOL_LOCK_FILE         "run.lock"          /* flock()ed by the trainer for as long as it lives */
#define HONE_PROTOCOL_PREDICTIONS_FILE  "predictions.jsonl" /* {"id","outcome","categories","confidence","scores":{KEY:p},"raw"?,"reason"?} */

/* job.json: {"protocol":1, "kind":"train", "base_model":NAME|null, "parent_model":PATH|null, "method":"ngrams", "seed":N, "threads":N,
 *  "choice":"one"|"several", "categories":[{"key","name","definition"}…], "hyperparameters":{…}}
 * For "predict" parent_model is the model to ask. Paths that the front end gives are absolute; paths that the trainer
 * gives are relative to the run directory and stay inside it. */
#define HONE_PROTOCOL_KIND_TRAIN        "train"
#define HONE_PROTOCOL_KIND_PREDICT      "predict"
#define HONE_PROTOCOL_KIND_EMBED        "embed"
#define HONE_PROTOCOL_KIND_ADVISE       "advise"
#define HONE_PROTOCOL_KIND_SERVE        "serve"

/* Events: {"event":NAME, …}, one object per line. */
#define HONE_PROTOCOL_EVENT_HELLO       "hello"       /* "name", "version", "protocol", "methods":[…], "models":[…] */
#define HONE_PROTOCOL_EVENT_STAGE       "stage"       /* "name" */
#define HONE_PROTOCOL_EVENT_PROGRESS    "progress"    /* "step", "steps", "seconds_left" (nullable) */
#define HONE_PROTOCOL_EVENT_METRIC      "metric"      /* "step", "name", "value" */
#define HONE_PROTOCOL_EVENT_CHECKPOINT  "checkpoint"  /* "path" */
#define HONE_PROTOCOL_EVENT_WARNING     "warning"     /* "code", "message" */
#define HONE_PROTOCOL_EVENT_ERROR       "error"       /* "code", "message", "hint" (what to do) */
#define HONE_PROTOCOL_EVENT_DONE        "done"        /* train: "model":PATH, "sha256":HEX; predict: "predictions":PATH, "sha256":HEX.
                                                       * A model that is a folder: "files":{PATH:HEX…} instead of "sha256".
                                                       * train with self-training also: "pseudo":PATH of {"id","categories","confidence"} lines */

/* Bounds that the reader of events and predictions keeps to. */
#define HONE_PROTOCOL_MAX_LINE          (1024 * 1024)

/* Common members of "hyperparameters" (--set KEY=VALUE): "self_training", "blend" (boolean), "epochs", "learning_rate",
 * "batch_size", "lora_rank". */
