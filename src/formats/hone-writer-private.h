/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a format plugs into the writers: one HoneWriterClass in hone-write-<format>.c, named in the table of hone-writer.c. */
#pragma once

#include "core/hone-category-set.h"
#include "hone-json.h"
#include "hone-mapping.h"
#include "hone-output.h"
#include "hone-writer.h"

G_BEGIN_DECLS

typedef struct {
  HoneFormat   format;
  gsize        state_size;
  gboolean   (*begin) (HoneWriter        *self,       /* (nullable) */
                       GError           **error);
  /* HONE_FORMATS_ERROR_UNWRITABLE: nothing of the record was written. */
  gboolean   (*write) (HoneWriter        *self,
                       const HoneRecord  *record,
                       GError           **error);
  gboolean   (*end)   (HoneWriter        *self,       /* (nullable) */
                       GError           **error);
  void       (*clear) (gpointer           state);     /* (nullable) */
} HoneWriterClass;

struct _HoneWriter {
  const HoneWriterClass *klass;
  HoneFormat     format;
  HoneOntology  *ontology;
  HoneTemplate  *template;
  char          *project_name;      /* (nullable) */
  char          *model;             /* (nullable) */
  gboolean       with_labels, with_predictions, flat, folder;

  char          *path;              /* where it shall stand */
  char          *parent;            /* folder of that */
  char          *temp;              /* where it stands until then */
  HoneOutput    *out;               /* of formats of one file */
  GHashTable    *files;             /* of folder formats: name -> HoneOutput */
  guint64        n_records;         /* written */
  GString       *line;              /* for write () to build its record in; emptied before each call */
  gpointer       state;             /* of the format; zeroed at the start */
};

/* ---- files of a folder ---- */
/* The file of that name ("texts/a.txt"), made at the first call; stays open. NULL with @error. */
HoneOutput  *_hone_writer_file        (HoneWriter         *self,
                                       const char         *name,
                                       GError            **error);
gboolean     _hone_writer_has_file    (HoneWriter         *self,
                                       const char         *name);
/* A whole small file. */
gboolean     _hone_writer_put_file    (HoneWriter         *self,
                                       const char         *name,
                                       const char         *data,
                                       gssize              length,
                                       GError            **error);
/* self->line to the one file of the format. */
gboolean     _hone_writer_put_line    (HoneWriter         *self,
                                       GError            **error);

/* ---- what a record says in formats that hold less ---- */
/* Keys of the reference label in ontology order, NULL-terminated; NULL where there is none. */
GStrv        _hone_writer_reference   (HoneWriter         *self,
                                       const HoneRecord   *record);
/* The newest label that agrees with the reference: whose author and time stand for it. */
const HoneRecordLabel      *_hone_writer_counting_label (HoneWriter       *self,
                                                         const HoneRecord *record);
/* The skip that counts where nobody labelled. */
const HoneRecordLabel      *_hone_writer_skip           (HoneWriter       *self,
                                                         const HoneRecord *record);
/* The last prediction of the model that is exported; failed ones never. */
const HoneRecordPrediction *_hone_writer_prediction     (HoneWriter       *self,
                                                         const HoneRecord *record);
/* State of the reference without a writer, for the loss report. */
HoneReferenceState _hone_record_reference (const HoneRecord    *record,
                                           const HoneOntology  *ontology,
                                           HoneCategorySet    **set);        /* (out) (optional) (nullable) */
/* Name of a category for people; the key where it is unknown. */
const char  *_hone_writer_name        (HoneWriter         *self,
                                       const char         *key);
/* Split of a record: train where it says nothing. */
HoneSplit    _hone_record_split       (const HoneRecord   *record);

/* ---- JSON ---- */
void         _hone_print_member       (GString            *out,          /* ,"name": with a comma unless first in an object */
                                       const char         *name);
void         _hone_print_string       (GString            *out,          /* member; left out where NULL */
                                       const char         *name,
                                       const char         *value);
void         _hone_print_list         (GString            *out,          /* list of strings */
                                       char * const       *values);
/* The members of a metadata object but those in @but, as members. */
void         _hone_print_meta_members (GString            *out,
                                       const char         *meta,         /* (nullable) */
                                       const char * const *but);

/* Whether Kili's command line can make this id from a file's name. */
gboolean     _hone_kili_takes_id      (const char         *id);          /* (nullable): none is made up */
/* Whether Argilla's folder holds some label of the record as the answer of a person its server knows. */
gboolean     _hone_argilla_has_response (const HoneRecord  *record);
gboolean     _hone_unwritable         (GError            **error,
                                       const char         *format,
                                       ...) G_GNUC_PRINTF (2, 3);

extern const HoneWriterClass _hone_write_csv_class, _hone_write_tsv_class, _hone_write_hone_csv_class;    /* hone-write-csv.c */
extern const HoneWriterClass _hone_write_json_class, _hone_write_jsonl_class;                             /* hone-write-json.c */
extern const HoneWriterClass _hone_write_hone_jsonl_class;
extern const HoneWriterClass _hone_write_kili_class;
extern const HoneWriterClass _hone_write_label_studio_class;
extern const HoneWriterClass _hone_write_argilla_class;
extern const HoneWriterClass _hone_write_prodigy_class;
extern const HoneWriterClass _hone_write_doccano_class;
extern const HoneWriterClass _hone_write_fasttext_class;
extern const HoneWriterClass _hone_write_openai_chat_class, _hone_write_llama_factory_class;              /* hone-write-chat.c */
extern const HoneWriterClass _hone_write_huggingface_class;
extern const HoneWriterClass _hone_write_kiln_class;

G_END_DECLS
