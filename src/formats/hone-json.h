/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A streaming JSON reader that keeps memory bounded, takes what Python writes (NaN, lone surrogates) and knows its line;
 * and a small value tree for single records. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
  HONE_JSON_NULL, HONE_JSON_BOOLEAN, HONE_JSON_NUMBER, HONE_JSON_STRING, HONE_JSON_ARRAY, HONE_JSON_OBJECT,
} HoneJsonType;

/* ---- value tree of one record: owned by its root ---- */
typedef struct _HoneJson HoneJson;

HoneJson     *hone_json_parse        (const char      *text,      /* one whole value; blanks round it allowed */
                                      gssize           length,
                                      GError         **error);
void          hone_json_free         (HoneJson        *self);     /* roots only */
HoneJsonType  hone_json_get_type_of  (const HoneJson  *self);     /* NULL argument: HONE_JSON_NULL; all getters below accept NULL */
gsize         hone_json_get_size     (const HoneJson  *self);     /* of arrays and objects */
HoneJson     *hone_json_get_nth      (const HoneJson  *self,      /* element, or value of the nth member; NULL outside */
                                      gsize            nth);
const char   *hone_json_get_name     (const HoneJson  *self,      /* name of the nth member */
                                      gsize            nth);
HoneJson     *hone_json_get          (const HoneJson  *self,      /* member; NULL if absent or not an object. Of duplicates the last. */
                                      const char      *name);
HoneJson     *hone_json_get_path     (const HoneJson  *self,      /* "a.b.0.c" */
                                      const char      *path);
const char   *hone_json_get_string   (const HoneJson  *self);     /* NULL unless a string */
double        hone_json_get_number   (const HoneJson  *self);     /* NAN unless a number */
gboolean      hone_json_get_boolean  (const HoneJson  *self);     /* FALSE unless true */
char         *hone_json_dup_text     (const HoneJson  *self);     /* a scalar as text: strings as they are, 3.0 as "3"; NULL for null, arrays, objects */
gboolean      hone_json_had_lone_surrogate (const HoneJson *root);
void          hone_json_print        (const HoneJson  *self,      /* compact JSON appended */
                                      GString         *out);

/* Writing helpers: JSON string with quotes; finite numbers in the C locale, others as null. */
void          hone_json_print_string (GString         *out,
                                      const char      *string);
void          hone_json_print_number (GString         *out,
                                      double           number);

/* ---- stream: gives the elements of a list (or the values one per line) one by one as trees ---- */
/* What it takes, found out at the start:
 *   [ {…}, {…} ]                          a list: its elements
 *   { …, "data": [ {…}, … ], … }          an object with a list of objects in data, records, examples or rows: its elements
 *   {…}\n{…}\n                            one value per line, blank lines skipped
 *   { … } { … }                           values one after the other, each over several lines
 * Only one value is in memory at a time; a value above 16 MiB is an error. */
typedef struct _HoneInput HoneInput;
typedef struct _HoneJsonStream HoneJsonStream;

typedef enum {
  HONE_JSON_STREAM_GUESS,      /* all of the above */
  HONE_JSON_STREAM_LINES,      /* one value per line and nothing else: bad lines can be stepped over */
  HONE_JSON_STREAM_VALUES,     /* a list or values, but never look into an object for a list */
} HoneJsonStreamMode;

typedef enum {
  HONE_JSON_STREAM_VALUE,
  HONE_JSON_STREAM_BAD,        /* this value cannot be read, the next one can: the error is set and says why, without file and line */
  HONE_JSON_STREAM_END,
  HONE_JSON_STREAM_ERROR,      /* reading cannot go on: the error is set and names file and line */
} HoneJsonStreamStatus;

HoneJsonStream       *hone_json_stream_new       (HoneInput           *input,   /* (transfer full) */
                                                  HoneJsonStreamMode   mode);
void                  hone_json_stream_free      (HoneJsonStream      *self);
HoneJsonStreamStatus  hone_json_stream_next      (HoneJsonStream      *self,
                                                  HoneJson           **value,   /* (out) (transfer full) (nullable) */
                                                  GError             **error);
/* Line, from 1, on which the value given last begins. */
gsize                 hone_json_stream_get_line  (HoneJsonStream      *self);
HoneInput            *hone_json_stream_get_input (HoneJsonStream      *self);
/* Whether the values stand in a list (known after the first next ()). */
gboolean              hone_json_stream_is_list   (HoneJsonStream      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneJson, hone_json_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneJsonStream, hone_json_stream_free)

G_END_DECLS
