/** The JSON Schema of trace files. Generated with trace.schema.json: run "npm run schema". */
export const traceSchema = {
  "description": "A run of a model, kept to be shown and replayed: a counterexample, or a witness of a goal.",
  "type": "object",
  "properties": {
    "format": {
      "type": "string",
      "const": "highwater-trace"
    },
    "formatVersion": {
      "description": "Version of this format.",
      "type": "number",
      "const": 1
    },
    "kind": {
      "enum": [
        "counterexample",
        "witness"
      ],
      "type": "string"
    },
    "model": {
      "$ref": "highwater-trace-1.json#/definitions/TraceModel"
    },
    "property": {
      "$ref": "highwater-trace-1.json#/definitions/TraceProperty"
    },
    "initial": {
      "$ref": "highwater-trace-1.json#/definitions/TraceInitialState",
      "description": "The state before the first step."
    },
    "steps": {
      "type": "array",
      "items": {
        "$ref": "highwater-trace-1.json#/definitions/TraceStep"
      }
    },
    "explored": {
      "$ref": "highwater-trace-1.json#/definitions/TraceExplored"
    }
  },
  "additionalProperties": false,
  "required": [
    "explored",
    "format",
    "formatVersion",
    "initial",
    "kind",
    "model",
    "property",
    "steps"
  ],
  "definitions": {
    "TraceModel": {
      "description": "The model that the run is of; enough to build the same model again.",
      "type": "object",
      "properties": {
        "name": {
          "type": "string"
        },
        "version": {
          "description": "Version of the model: its meaning, a whole number.",
          "minimum": 1,
          "type": "integer"
        },
        "config": {
          "type": "object",
          "additionalProperties": {
            "$ref": "highwater-trace-1.json#/definitions/TraceJson"
          }
        },
        "bounds": {
          "description": "The bounds of the scope, by name.",
          "type": "object",
          "additionalProperties": {
            "type": "number"
          }
        },
        "defects": {
          "description": "Deliberate defects that were switched on.",
          "type": "array",
          "items": {
            "type": "string"
          }
        }
      },
      "additionalProperties": false,
      "required": [
        "bounds",
        "config",
        "defects",
        "name",
        "version"
      ]
    },
    "TraceJson": {
      "description": "Any JSON value.",
      "anyOf": [
        {
          "type": "array",
          "items": {
            "$ref": "highwater-trace-1.json#/definitions/TraceJson"
          }
        },
        {
          "type": "object",
          "additionalProperties": {
            "$ref": "highwater-trace-1.json#/definitions/TraceJson"
          }
        },
        {
          "type": [
            "null",
            "string",
            "number",
            "boolean"
          ]
        }
      ]
    },
    "TraceProperty": {
      "description": "The property that the run breaks or reaches.",
      "type": "object",
      "properties": {
        "name": {
          "type": "string"
        },
        "kind": {
          "enum": [
            "invariant",
            "sometimes",
            "step"
          ],
          "type": "string"
        },
        "statement": {
          "type": "string"
        },
        "loss": {
          "description": "What a user loses if it breaks.",
          "type": "string"
        },
        "clause": {
          "description": "The clause that is false after the last step, with its values.",
          "type": "string"
        }
      },
      "additionalProperties": false,
      "required": [
        "clause",
        "kind",
        "loss",
        "name",
        "statement"
      ]
    },
    "TraceInitialState": {
      "description": "The state before the first step.",
      "type": "object",
      "properties": {
        "index": {
          "description": "Which of the initial states.",
          "minimum": 0,
          "type": "integer"
        },
        "fingerprint": {
          "description": "Sixteen hexadecimal digits.",
          "pattern": "^[0-9a-f]{16}$",
          "type": "string"
        },
        "state": {
          "$ref": "highwater-trace-1.json#/definitions/TraceJson"
        }
      },
      "additionalProperties": false,
      "required": [
        "fingerprint",
        "index",
        "state"
      ]
    },
    "TraceStep": {
      "description": "One action and what it changed.",
      "type": "object",
      "properties": {
        "action": {
          "type": "string"
        },
        "actor": {
          "description": "Who acted.",
          "type": "string"
        },
        "params": {
          "type": "object",
          "additionalProperties": {
            "type": [
              "null",
              "string",
              "number"
            ]
          }
        },
        "fingerprint": {
          "description": "Fingerprint of the state after the step.",
          "pattern": "^[0-9a-f]{16}$",
          "type": "string"
        },
        "changes": {
          "type": "array",
          "items": {
            "$ref": "highwater-trace-1.json#/definitions/TraceChange"
          }
        }
      },
      "additionalProperties": false,
      "required": [
        "action",
        "actor",
        "changes",
        "fingerprint",
        "params"
      ]
    },
    "TraceChange": {
      "description": "One field that a step changed.",
      "type": "object",
      "properties": {
        "path": {
          "type": "string"
        },
        "before": {
          "$ref": "highwater-trace-1.json#/definitions/TraceJson"
        },
        "after": {
          "$ref": "highwater-trace-1.json#/definitions/TraceJson"
        }
      },
      "additionalProperties": false,
      "required": [
        "after",
        "before",
        "path"
      ]
    },
    "TraceExplored": {
      "description": "How the run was found.",
      "type": "object",
      "properties": {
        "engine": {
          "enum": [
            "exhaustive",
            "script",
            "simulate"
          ],
          "type": "string"
        },
        "seed": {
          "description": "Seed of a random search.",
          "type": "number"
        },
        "distinctStates": {
          "type": "number"
        },
        "generatedStates": {
          "type": "number"
        },
        "depth": {
          "type": "number"
        },
        "shortest": {
          "description": "Whether no shorter run breaks the property in the explored scope.",
          "type": "boolean"
        },
        "unproved": {
          "description": "Why that is not known, where it is not.",
          "type": "string"
        }
      },
      "additionalProperties": false,
      "required": [
        "depth",
        "distinctStates",
        "engine",
        "generatedStates",
        "shortest"
      ]
    }
  },
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "highwater-trace-1.json"
};
