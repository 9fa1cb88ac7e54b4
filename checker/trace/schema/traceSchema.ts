/** The JSON Schema of trace files. Generated with trace.schema.json: run "npm run schema". */
export const traceSchema = {
  "type": "object",
  "properties": {
    "format": {
      "type": "string",
      "const": "highwater-trace"
    },
    "formatVersion": {
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
      "$ref": "highwater-trace-1.json#/definitions/TraceInitialState"
    },
    "steps": {
      "type": "array",
      "items": {
        "$ref": "highwater-trace-1.json#/definitions/TraceStep"
      }
    },
    "loop": {
      "$ref": "highwater-trace-1.json#/definitions/TraceLoop"
    },
    "settling": {
      "$ref": "highwater-trace-1.json#/definitions/TraceSettling"
    },
    "explored": {
      "$ref": "highwater-trace-1.json#/definitions/TraceExplored"
    },
    "commentary": {
      "$ref": "highwater-trace-1.json#/definitions/TraceCommentary"
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
      "type": "object",
      "properties": {
        "name": {
          "type": "string"
        },
        "version": {
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
          "type": "object",
          "additionalProperties": {
            "type": "number"
          }
        },
        "defects": {
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
      "type": "object",
      "properties": {
        "name": {
          "type": "string"
        },
        "kind": {
          "enum": [
            "eventually",
            "invariant",
            "leadsTo",
            "sometimes",
            "step"
          ],
          "type": "string"
        },
        "statement": {
          "type": "string"
        },
        "loss": {
          "type": "string"
        },
        "clause": {
          "type": "string"
        },
        "cause": {
          "type": "array",
          "items": {
            "type": "string"
          }
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
      "type": "object",
      "properties": {
        "index": {
          "minimum": 0,
          "type": "integer"
        },
        "fingerprint": {
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
      "type": "object",
      "properties": {
        "action": {
          "type": "string"
        },
        "actor": {
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
      "type": "object",
      "properties": {
        "path": {
          "maxLength": 1000,
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
    "TraceLoop": {
      "type": "object",
      "properties": {
        "from": {
          "minimum": 0,
          "type": "integer"
        }
      },
      "additionalProperties": false,
      "required": [
        "from"
      ]
    },
    "TraceSettling": {
      "type": "object",
      "properties": {
        "from": {
          "minimum": 0,
          "type": "integer"
        }
      },
      "additionalProperties": false,
      "required": [
        "from"
      ]
    },
    "TraceExplored": {
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
          "type": "boolean"
        },
        "unproved": {
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
    },
    "TraceCommentary": {
      "type": "object",
      "properties": {
        "steps": {
          "type": "array",
          "items": {
            "$ref": "highwater-trace-1.json#/definitions/TraceStepComment"
          }
        },
        "messages": {
          "type": "array",
          "items": {
            "$ref": "highwater-trace-1.json#/definitions/TraceMessage"
          }
        },
        "machines": {
          "type": "array",
          "items": {
            "$ref": "highwater-trace-1.json#/definitions/TraceMachine"
          }
        },
        "properties": {
          "type": "array",
          "items": {
            "$ref": "highwater-trace-1.json#/definitions/TracePropertyHistory"
          }
        },
        "explanation": {
          "$ref": "highwater-trace-1.json#/definitions/TraceExplanation"
        },
        "liveness": {
          "$ref": "highwater-trace-1.json#/definitions/TraceLiveness"
        }
      },
      "additionalProperties": false,
      "required": [
        "machines",
        "messages",
        "properties",
        "steps"
      ]
    },
    "TraceStepComment": {
      "type": "object",
      "properties": {
        "kind": {
          "enum": [
            "client",
            "fault",
            "protocol",
            "recovery"
          ],
          "type": "string"
        },
        "phrase": {
          "type": "string"
        },
        "causes": {
          "items": {
            "type": "integer",
            "minimum": 1
          },
          "type": "array"
        }
      },
      "additionalProperties": false,
      "required": [
        "causes",
        "kind"
      ]
    },
    "TraceMessage": {
      "type": "object",
      "properties": {
        "name": {
          "type": "string"
        },
        "from": {
          "type": "string"
        },
        "to": {
          "type": "string"
        },
        "content": {
          "type": "string"
        },
        "sent": {
          "minimum": 0,
          "type": "integer"
        },
        "left": {
          "minimum": 1,
          "type": "integer"
        },
        "fate": {
          "enum": [
            "delivered",
            "givenUp",
            "ignored",
            "inFlight",
            "lost"
          ],
          "type": "string"
        }
      },
      "additionalProperties": false,
      "required": [
        "content",
        "fate",
        "from",
        "name",
        "sent",
        "to"
      ]
    },
    "TraceMachine": {
      "type": "object",
      "properties": {
        "name": {
          "type": "string"
        },
        "states": {
          "type": "array",
          "items": {
            "type": "string"
          }
        },
        "moves": {
          "type": "array",
          "items": {
            "$ref": "highwater-trace-1.json#/definitions/TraceMove"
          }
        },
        "fields": {
          "type": "array",
          "items": {
            "type": "string"
          }
        }
      },
      "additionalProperties": false,
      "required": [
        "fields",
        "moves",
        "name",
        "states"
      ]
    },
    "TraceMove": {
      "type": "object",
      "properties": {
        "from": {
          "type": "string"
        },
        "event": {
          "type": "string"
        },
        "to": {
          "type": "string"
        }
      },
      "additionalProperties": false,
      "required": [
        "event",
        "from",
        "to"
      ]
    },
    "TracePropertyHistory": {
      "type": "object",
      "properties": {
        "name": {
          "type": "string"
        },
        "kind": {
          "enum": [
            "eventually",
            "invariant",
            "leadsTo",
            "sometimes",
            "step"
          ],
          "type": "string"
        },
        "statement": {
          "type": "string"
        },
        "truth": {
          "pattern": "^[hnvrd]+$",
          "type": "string"
        }
      },
      "additionalProperties": false,
      "required": [
        "kind",
        "name",
        "statement",
        "truth"
      ]
    },
    "TraceExplanation": {
      "type": "object",
      "properties": {
        "chain": {
          "items": {
            "type": "integer",
            "minimum": 1
          },
          "type": "array"
        },
        "unrelated": {
          "items": {
            "type": "integer",
            "minimum": 1
          },
          "type": "array"
        },
        "faults": {
          "type": "array",
          "items": {
            "$ref": "highwater-trace-1.json#/definitions/TraceFault"
          }
        },
        "avoidable": {
          "$ref": "highwater-trace-1.json#/definitions/TraceAvoidable"
        }
      },
      "additionalProperties": false,
      "required": [
        "chain",
        "faults",
        "unrelated"
      ]
    },
    "TraceFault": {
      "type": "object",
      "properties": {
        "step": {
          "minimum": 1,
          "type": "integer"
        },
        "necessary": {
          "type": "boolean"
        }
      },
      "additionalProperties": false,
      "required": [
        "necessary",
        "step"
      ]
    },
    "TraceAvoidable": {
      "type": "object",
      "properties": {
        "until": {
          "minimum": 0,
          "type": "integer"
        },
        "unknown": {
          "type": "string"
        },
        "states": {
          "minimum": 0,
          "type": "integer"
        }
      },
      "additionalProperties": false,
      "required": [
        "states"
      ]
    },
    "TraceLiveness": {
      "type": "object",
      "properties": {
        "since": {
          "minimum": 0,
          "type": "integer"
        },
        "passedOver": {
          "type": "array",
          "items": {
            "$ref": "highwater-trace-1.json#/definitions/TracePassedOver"
          }
        }
      },
      "additionalProperties": false,
      "required": [
        "passedOver",
        "since"
      ]
    },
    "TracePassedOver": {
      "type": "object",
      "properties": {
        "action": {
          "type": "string"
        },
        "actor": {
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
        "phrase": {
          "type": "string"
        },
        "kind": {
          "enum": [
            "client",
            "fault",
            "protocol",
            "recovery"
          ],
          "type": "string"
        },
        "why": {
          "enum": [
            "disabled",
            "early",
            "heldBack",
            "unfair"
          ],
          "type": "string"
        },
        "able": {
          "minimum": 0,
          "type": "integer"
        },
        "unable": {
          "minimum": 0,
          "type": "integer"
        },
        "because": {
          "type": "string"
        }
      },
      "additionalProperties": false,
      "required": [
        "able",
        "action",
        "actor",
        "kind",
        "params",
        "why"
      ]
    }
  },
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "highwater-trace-1.json"
};
